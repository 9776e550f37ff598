using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class ContentTypeWithFormat : IRule
{
    public string Name => "grpc/wire/content-type-with-format";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "The content type may name the format: application/grpc+proto.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()) with { ContentType = "application/grpc+proto" }, cancellationToken)).IsOk;
}
