namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class InputsMissing : IRule
{
    public string Name => "rest/infer/inputs-missing";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "The request has inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"id":"1"}""", cancellationToken)).IsRefused;
}
