using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownVersion : IRule
{
    public string Name => "grpc/infer/unknown-version";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A version that is not there is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.ModelVersion = "99";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
    }
}
