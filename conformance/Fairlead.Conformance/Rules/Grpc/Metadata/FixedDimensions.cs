using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class FixedDimensions : IRule
{
    public string Name => "grpc/metadata/fixed-dimensions";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Metadata", "Dimensions of fixed size are given as they are.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.FixedShape) }, cancellationToken);
        return answer.Says(ModelMetadataResponse.Parser, response =>
            Verdict.Same("the shapes", "2,2", string.Join(' ', response.Inputs.Select(input => string.Join(',', input.Shape)))));
    }
}
