using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class CompressedWithoutEncoding : IRule
{
    public string Name => "grpc/wire/compressed-without-encoding";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Compression", "A message that is marked as compressed in a call without a compression is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame(InferMessages.Simple().ToByteArray(), isCompressed: true) };
        return (await target.Rpc.SendAsync(request, cancellationToken)).HasStatus(RpcStatus.Internal, RpcStatus.InvalidArgument, RpcStatus.Unimplemented);
    }
}
