using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class StatusMessageIsEncoded : IRule
{
    public string Name => "grpc/wire/status-message-is-encoded";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Responses", "The status message is percent-encoded UTF-8.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = "m\u00fc\u20ac%20" }, cancellationToken);
        return answer.HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument) && answer.TextHolds("m\u00fc\u20ac%20");
    }
}
