using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class ElementOutOfRange : IRule
{
    public string Name => "grpc/infer/element-out-of-range";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Tensor Data", "An element fits its datatype: 300 is no INT8.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = InferMessages.Typed(target.Require(TypeSample.Int8.Model), "INT8", [1, 1], new InferTensorContents { IntContents = { 300 } });
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
