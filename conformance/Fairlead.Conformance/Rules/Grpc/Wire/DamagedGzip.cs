using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class DamagedGzip : IRule
{
    public string Name => "grpc/wire/damaged-gzip";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcWire, "Compression", "A message that is not what its compression says is an error, and the server goes on.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame([0x1f, 0x8b, 1, 2, 3], isCompressed: true) }.With("grpc-encoding", "gzip");
        return (await target.Rpc.SendAsync(request, cancellationToken)).HasStatus(RpcStatus.Internal, RpcStatus.InvalidArgument)
            && (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()), cancellationToken)).IsOk;
    }
}
