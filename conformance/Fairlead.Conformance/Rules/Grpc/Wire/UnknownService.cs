using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class UnknownService : IRule
{
    public string Name => "grpc/wire/unknown-service";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Status codes", "A service that the server does not have is UNIMPLEMENTED.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of("/no.such.Service/Method", new ServerLiveRequest()), cancellationToken)).HasStatus(RpcStatus.Unimplemented);
}
