namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TooFewElements : IRule
{
    public string Name => "rest/infer/too-few-elements";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data", "The data has as many elements as the shape says.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[1]}]}""", cancellationToken)).IsRefused;
}
