namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class FractionInIntegers : IRule
{
    public string Name => "rest/infer/fraction-in-integers";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "An unexpected value is an error: a fraction is not cut.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[1.5,2]}]}""", cancellationToken)).IsRefused;
}
