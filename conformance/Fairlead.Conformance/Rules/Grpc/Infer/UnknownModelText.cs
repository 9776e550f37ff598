using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownModelText : IRule
{
    public string Name => "grpc/infer/unknown-model-text";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "simple_grpc_infer_client", "The error for a model that is not there says 'Request for unknown model'.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.ModelName = "no_such_model";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.TextHolds("Request for unknown model");
    }
}
