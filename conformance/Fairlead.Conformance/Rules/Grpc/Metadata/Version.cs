using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class Version : IRule
{
    public string Name => "grpc/metadata/version";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Model Metadata", "A version may be named.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.Versioned), Version = "1" }, cancellationToken);
        return answer.Says(ModelMetadataResponse.Parser, response =>
            Verdict.Same("the name", "versioned", response.Name));
    }
}
