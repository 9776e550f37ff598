using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class ModelName : IRule
{
    public string Name => "grpc/infer/model-name";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The answer names the model.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.Same("the model's name", "simple", response.ModelName));
    }
}
