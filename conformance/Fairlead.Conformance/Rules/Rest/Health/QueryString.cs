namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class QueryString : IRule
{
    public string Name => "rest/health/query-string";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "is_server_live", "A client may add a query string to any request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/health/live?probe=1&x=%20y", cancellationToken)).IsOk;
}
