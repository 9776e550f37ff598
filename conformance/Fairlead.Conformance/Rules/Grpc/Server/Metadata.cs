using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class Metadata : IRule
{
    public string Name => "grpc/server/metadata";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Server Metadata", "The server tells its name, version and extensions.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ServerMetadata, new ServerMetadataRequest(), cancellationToken)).Says(ServerMetadataResponse.Parser, response => Verdict.That(response.Name.Length > 0, "the name is empty"));
}
