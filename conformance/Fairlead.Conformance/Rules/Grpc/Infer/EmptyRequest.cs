using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class EmptyRequest : IRule
{
    public string Name => "grpc/infer/empty-request";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A request names a model.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = new ModelInferRequest();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
    }
}
