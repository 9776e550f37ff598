namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class UnknownVersion : IRule
{
    public string Name => "rest/metadata/unknown-version";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Error Object", "A version that the server does not have is a failure.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/versions/99", cancellationToken)).IsRefused;
}
