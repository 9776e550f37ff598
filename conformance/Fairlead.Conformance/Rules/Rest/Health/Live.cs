namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class Live : IRule
{
    public string Name => "rest/health/live";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Server Live", "The liveness endpoint answers whether the server can receive requests.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/health/live", cancellationToken)).IsOk;
}
