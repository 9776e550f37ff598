namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class ServerJson : IRule
{
    public string Name => "rest/metadata/server-json";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "Content-Type", "An answer says what its body is: application/json.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2", cancellationToken)).HasHeader("Content-Type", "application/json");
}
