namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class LowerCaseDatatype : IRule
{
    public string Name => "rest/infer/lower-case-datatype";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data Types", "Datatypes are upper case.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"int32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
