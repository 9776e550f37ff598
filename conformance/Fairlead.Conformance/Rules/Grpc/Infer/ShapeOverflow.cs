using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class ShapeOverflow : IRule
{
    public string Name => "grpc/infer/shape-overflow";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A shape whose size no machine has is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = InferMessages.Raw(target.Require(TypeSample.Int32.Model), "INT32", [4611686018427387904, 4], []);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
