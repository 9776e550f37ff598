using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class CustomMetadata : IRule
{
    public string Name => "grpc/wire/custom-metadata";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "Metadata that the server does not know does no harm.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()).With("x-custom", "1").With("x-custom-bin", "AAEC").With("user-agent", "judge"), cancellationToken)).IsOk;
}
