using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class PlainMessageInGzipCall : IRule
{
    public string Name => "grpc/wire/plain-message-in-gzip-call";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Compression", "In a call with a compression, a message may still be as it is.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = RpcRequest.Of(Methods.ModelInfer, InferMessages.Simple()).With("grpc-encoding", "gzip");
        return (await target.Rpc.SendAsync(request, cancellationToken)).Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
