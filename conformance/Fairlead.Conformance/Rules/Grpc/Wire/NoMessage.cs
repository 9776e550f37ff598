namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class NoMessage : IRule
{
    public string Name => "grpc/wire/no-message";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "A unary call without a message is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(new RpcRequest(Methods.ServerLive), cancellationToken)).HasStatus(RpcStatus.Internal, RpcStatus.InvalidArgument, RpcStatus.Unimplemented);
}
