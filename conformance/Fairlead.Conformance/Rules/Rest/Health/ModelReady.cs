namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ModelReady : IRule
{
    public string Name => "rest/health/model-ready";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Ready", "A model that is loaded is ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/ready", cancellationToken)).IsOk;
}
