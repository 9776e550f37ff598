namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ObjectElement : IRule
{
    public string Name => "rest/infer/object-element";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data", "An element is a number, a text or a boolean.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[{},1]}]}""", cancellationToken)).IsRefused;
}
