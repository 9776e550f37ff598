namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class MessageTooLong : IRule
{
    public string Name => "grpc/wire/message-too-long";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "A message longer than the server takes is RESOURCE_EXHAUSTED, before its bytes have come.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        byte[] prefix = [0, 0xff, 0xff, 0xff, 0xff];
        return (await target.Rpc.SendAsync(new RpcRequest(Methods.ModelInfer) { Body = prefix }, cancellationToken)).HasStatus(RpcStatus.ResourceExhausted, RpcStatus.InvalidArgument, RpcStatus.Internal);
    }
}
