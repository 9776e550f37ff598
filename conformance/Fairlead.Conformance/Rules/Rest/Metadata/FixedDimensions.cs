namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class FixedDimensions : IRule
{
    public string Name => "rest/metadata/fixed-dimensions";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Object", "Dimensions of fixed size are given as they are.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.FixedShape)}", cancellationToken)).Says("inputs/INPUT0/shape", "[2,2]");
}
