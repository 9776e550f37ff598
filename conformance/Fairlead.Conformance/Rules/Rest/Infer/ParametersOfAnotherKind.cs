namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ParametersOfAnotherKind : IRule
{
    public string Name => "rest/infer/parameters-of-another-kind";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Parameters", "Parameters are an object.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"parameters":[1],"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
