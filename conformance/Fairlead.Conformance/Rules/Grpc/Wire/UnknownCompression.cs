namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class UnknownCompression : IRule
{
    public string Name => "grpc/wire/unknown-compression";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Compression", "A compression that the server does not know is UNIMPLEMENTED.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = new RpcRequest(Methods.ServerLive) { Body = RpcRequest.Frame([1, 2, 3], isCompressed: true) }.With("grpc-encoding", "zip-o-matic");
        return (await target.Rpc.SendAsync(request, cancellationToken)).HasStatus(RpcStatus.Unimplemented);
    }
}
