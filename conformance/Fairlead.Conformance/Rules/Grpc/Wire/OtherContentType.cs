using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class OtherContentType : IRule
{
    public string Name => "grpc/wire/other-content-type";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcWire, "Requests", "A request of another content type is answered 415, so that HTTP clients understand it.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()) with { ContentType = "application/json" }, cancellationToken);
        return Verdict.Same("the HTTP status", 415, answer.HttpStatus);
    }
}
