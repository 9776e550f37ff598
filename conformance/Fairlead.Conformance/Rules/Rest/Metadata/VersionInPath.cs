namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class VersionInPath : IRule
{
    public string Name => "rest/metadata/version-in-path";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Model Metadata", "A version may be named in the path.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/1", cancellationToken);
        return answer.IsOk && answer.Says("name", "\"versioned\"");
    }
}
