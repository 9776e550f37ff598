using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class GzipRequest : IRule
{
    public string Name => "grpc/wire/gzip-request";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcWire, "Compression", "A message may be gzip.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame(RpcRequest.Gzip(InferMessages.Simple().ToByteArray()), isCompressed: true) }.With("grpc-encoding", "gzip");
        return (await target.Rpc.SendAsync(request, cancellationToken)).Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
