namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class InputsOfAnotherKind : IRule
{
    public string Name => "rest/infer/inputs-of-another-kind";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "Inputs are a list.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":{"name":"INPUT0"}}""", cancellationToken)).IsRefused;
}
