namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ModelReadyUnknown : IRule
{
    public string Name => "rest/health/model-ready-unknown";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Ready", "A model that the server does not have is not ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/models/no_such_model/ready", cancellationToken)).IsRefused;
}
