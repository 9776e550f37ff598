namespace Fairlead.Conformance.Rules.Rest.Configuration;

internal sealed class UnknownModel : IRule
{
    public string Name => "rest/configuration/unknown-model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Configuration, Document.Configuration, "HTTP/REST", "A failure is an HTTP error status and an object with the text error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/models/no_such_model/config", cancellationToken)).IsRefused;
}
