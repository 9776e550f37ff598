namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class UnknownPath : IRule
{
    public string Name => "rest/metadata/unknown-path";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "404 Not Found", "A path that names nothing is answered 404.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/no/such/path", cancellationToken)).HasStatus(404);
}
