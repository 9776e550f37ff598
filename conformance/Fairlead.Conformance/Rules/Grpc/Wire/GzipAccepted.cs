using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class GzipAccepted : IRule
{
    public string Name => "grpc/wire/gzip-accepted";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Compression", "A client that accepts gzip gets an answer that it can read.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = RpcRequest.Of(Methods.ModelInfer, InferMessages.Simple()).With("grpc-accept-encoding", "identity,deflate,gzip");
        return (await target.Rpc.SendAsync(request, cancellationToken)).Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
