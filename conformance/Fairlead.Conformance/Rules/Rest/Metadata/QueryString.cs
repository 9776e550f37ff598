namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class QueryString : IRule
{
    public string Name => "rest/metadata/query-string";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "get_server_metadata", "A client may add a query string to any request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2?verbose=1", cancellationToken)).IsOk;
}
