namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class OpenDimensions : IRule
{
    public string Name => "rest/metadata/open-dimensions";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Object", "Dimensions of variable size are -1.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(TypeSample.Fp32.Model)}", cancellationToken);
        return answer.Says("inputs/INPUT0/shape", "[-1,-1]") && answer.Says("outputs/OUTPUT0/shape", "[-1,-1]");
    }
}
