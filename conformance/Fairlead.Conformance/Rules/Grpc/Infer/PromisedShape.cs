using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class PromisedShape : IRule
{
    public string Name => "grpc/infer/promised-shape";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A large shape with little data is an error, and costs the server nothing.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = InferMessages.Raw(target.Require(TypeSample.Int32.Model), "INT32", [1_000_000_000, 16], TensorBytes.Of(1));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
