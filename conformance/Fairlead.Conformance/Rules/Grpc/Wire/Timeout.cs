using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class Timeout : IRule
{
    public string Name => "grpc/wire/timeout";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "A call may have a deadline.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()).With("grpc-timeout", "10S"), cancellationToken)).IsOk;
}
