namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ModelReadyVersion : IRule
{
    public string Name => "rest/health/model-ready-version";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Model Ready", "A version may be named in the path.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/1/ready", cancellationToken)).IsOk;
}
