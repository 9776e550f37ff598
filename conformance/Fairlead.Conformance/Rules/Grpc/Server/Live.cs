using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class Live : IRule
{
    public string Name => "grpc/server/live";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Server Live", "The server says that it is live.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ServerLive, new ServerLiveRequest(), cancellationToken)).Says(ServerLiveResponse.Parser, response => Verdict.Same("live", true, response.Live));
}
