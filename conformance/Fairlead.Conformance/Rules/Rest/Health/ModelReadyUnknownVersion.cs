namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ModelReadyUnknownVersion : IRule
{
    public string Name => "rest/health/model-ready-unknown-version";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Ready", "A version that the server does not have is not ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/versions/99/ready", cancellationToken)).IsRefused;
}
