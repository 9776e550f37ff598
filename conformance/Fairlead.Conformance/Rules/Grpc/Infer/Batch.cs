using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class Batch : IRule
{
    public string Name => "grpc/infer/batch";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Shape and contents represent the whole batch.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.TwoOutputs);
        var request = InferMessages.Raw(ModelSet.TwoOutputs, "FP32", [2, 4], TensorBytes.Of(1f, 2, 3, 4, 5, 6, 7, 8));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT1", "FP32", [2, 4], TensorBytes.Of(-1f, -2, -3, -4, -5, -6, -7, -8)));
    }
}
