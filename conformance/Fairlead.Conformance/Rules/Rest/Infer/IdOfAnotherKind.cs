namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class IdOfAnotherKind : IRule
{
    public string Name => "rest/infer/id-of-another-kind";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Inference Request JSON Object", "The id is a text.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"id":{},"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
