using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class UnknownVersion : IRule
{
    public string Name => "grpc/metadata/unknown-version";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Metadata", "A version that is not there is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.Simple), Version = "99" }, cancellationToken)).HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
}
