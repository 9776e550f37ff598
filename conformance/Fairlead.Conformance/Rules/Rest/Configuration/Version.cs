namespace Fairlead.Conformance.Rules.Rest.Configuration;

internal sealed class Version : IRule
{
    public string Name => "rest/configuration/version";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Configuration, Document.Configuration, "HTTP/REST", "A version may be named.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/1/config", cancellationToken)).Says("name", "\"versioned\"");
}
