using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class UnknownModelStatus : IRule
{
    public string Name => "grpc/metadata/unknown-model-status";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Error codes", "What is not found has the status NOT_FOUND.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = "no_such_model" }, cancellationToken)).HasStatus(RpcStatus.NotFound);
}
