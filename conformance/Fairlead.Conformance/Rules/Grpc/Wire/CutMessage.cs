using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class CutMessage : IRule
{
    public string Name => "grpc/wire/cut-message";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "A message that ends before its length is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var frame = RpcRequest.Frame(InferMessages.Simple().ToByteArray());
        return (await target.Rpc.SendAsync(new RpcRequest(Methods.ModelInfer) { Body = frame[..^10] }, cancellationToken)).HasStatus(RpcStatus.Internal, RpcStatus.InvalidArgument, RpcStatus.Unknown, RpcStatus.Cancelled);
    }
}
