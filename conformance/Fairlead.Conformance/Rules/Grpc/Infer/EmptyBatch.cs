using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class EmptyBatch : IRule
{
    public string Name => "grpc/infer/empty-batch";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Inference", "A batch may have no rows.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.TwoOutputs);
        var request = InferMessages.Raw(ModelSet.TwoOutputs, "FP32", [0, 4], []);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", "FP32", [0, 4], []));
    }
}
