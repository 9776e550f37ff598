using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class UnknownModel : IRule
{
    public string Name => "grpc/metadata/unknown-model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Metadata", "A model that is not there is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = "no_such_model" }, cancellationToken)).HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
}
