using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class OneDimension : IRule
{
    public string Name => "grpc/infer/one-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A tensor may have one dimension.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Vector);
        var request = InferMessages.Raw(ModelSet.Vector, "FP32", [3], TensorBytes.Of(1f, 2, 3));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", "FP32", [3], TensorBytes.Of(1f, 2, 3)));
    }
}
