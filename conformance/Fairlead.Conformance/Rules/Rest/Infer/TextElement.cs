namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TextElement : IRule
{
    public string Name => "rest/infer/text-element";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data", "An element that does not become the datatype is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":["a","b"]}]}""", cancellationToken)).IsRefused;
}
