namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class Versions : IRule
{
    public string Name => "rest/metadata/versions";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Model Metadata Response JSON Object", "The versions that may be asked for are listed.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var versions = (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}", cancellationToken)).Strings("versions");
        return Verdict.That(versions.Contains("1") && versions.Contains("2"), $"'versions' is [{string.Join(", ", versions)}], without '1' and '2'");
    }
}
