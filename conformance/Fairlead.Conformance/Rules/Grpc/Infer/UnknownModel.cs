using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownModel : IRule
{
    public string Name => "grpc/infer/unknown-model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A model that is not there is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.ModelName = "no_such_model";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
    }
}
