using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownModelStatus : IRule
{
    public string Name => "grpc/infer/unknown-model-status";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Error codes", "What is not found has the status NOT_FOUND.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.ModelName = "no_such_model";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.HasStatus(RpcStatus.NotFound);
    }
}
