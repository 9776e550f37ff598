using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class ModelVersion : IRule
{
    public string Name => "grpc/infer/model-version";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Inference", "The answer names the version.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.That(response.ModelVersion.Length > 0, "the version is empty"));
    }
}
