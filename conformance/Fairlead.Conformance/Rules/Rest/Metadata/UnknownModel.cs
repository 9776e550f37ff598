namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class UnknownModel : IRule
{
    public string Name => "rest/metadata/unknown-model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Error Object", "A failure is an HTTP error status and an object with the text error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/models/no_such_model", cancellationToken)).IsRefused;
}
