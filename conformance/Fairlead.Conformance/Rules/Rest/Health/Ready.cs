namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class Ready : IRule
{
    public string Name => "rest/health/ready";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Server Ready", "The readiness endpoint answers whether all models are ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/health/ready", cancellationToken)).IsOk;
}
