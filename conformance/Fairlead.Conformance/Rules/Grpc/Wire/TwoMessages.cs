using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class TwoMessages : IRule
{
    public string Name => "grpc/wire/two-messages";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcWire, "Requests", "A unary call has one message.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest(), new ServerLiveRequest()), cancellationToken)).HasStatus(RpcStatus.Internal, RpcStatus.InvalidArgument, RpcStatus.Unimplemented);
}
