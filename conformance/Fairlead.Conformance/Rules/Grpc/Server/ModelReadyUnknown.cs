using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class ModelReadyUnknown : IRule
{
    public string Name => "grpc/server/model-ready-unknown";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Ready", "A model that the server does not have is not ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelReady, new ModelReadyRequest { Name = "no_such_model" }, cancellationToken);
        return answer.Status == RpcStatus.Ok
            ? answer.Says(ModelReadyResponse.Parser, response => Verdict.Same("ready", false, response.Ready))
            : answer.HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument, RpcStatus.Unavailable);
    }
}
