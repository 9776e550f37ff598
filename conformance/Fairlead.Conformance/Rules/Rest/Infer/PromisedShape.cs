namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class PromisedShape : IRule
{
    public string Name => "rest/infer/promised-shape";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data", "A large shape with little data is an error, and costs the server nothing.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1000000000,16],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
