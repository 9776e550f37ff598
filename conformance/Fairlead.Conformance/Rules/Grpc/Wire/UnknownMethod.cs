using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class UnknownMethod : IRule
{
    public string Name => "grpc/wire/unknown-method";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Status codes", "A method that the service does not have is UNIMPLEMENTED.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of("/inference.GRPCInferenceService/NoSuchMethod", new ServerLiveRequest()), cancellationToken)).HasStatus(RpcStatus.Unimplemented);
}
