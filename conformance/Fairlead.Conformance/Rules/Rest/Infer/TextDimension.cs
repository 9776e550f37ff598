namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TextDimension : IRule
{
    public string Name => "rest/infer/text-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A dimension is a number.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":["1",2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
