using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class Versions : IRule
{
    public string Name => "grpc/metadata/versions";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Model Metadata", "The versions that may be asked for are listed.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.Versioned) }, cancellationToken);
        return answer.Says(ModelMetadataResponse.Parser, response =>
            Verdict.That(response.Versions.Contains("1") && response.Versions.Contains("2"), $"the versions are [{string.Join(", ", response.Versions)}], without '1' and '2'"));
    }
}
