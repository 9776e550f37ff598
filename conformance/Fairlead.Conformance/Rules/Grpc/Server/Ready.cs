using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class Ready : IRule
{
    public string Name => "grpc/server/ready";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Server Ready", "The server says that it is ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ServerReady, new ServerReadyRequest(), cancellationToken)).Says(ServerReadyResponse.Parser, response => Verdict.Same("ready", true, response.Ready));
}
