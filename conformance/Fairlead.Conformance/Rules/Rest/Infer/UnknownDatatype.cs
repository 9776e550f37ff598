namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownDatatype : IRule
{
    public string Name => "rest/infer/unknown-datatype";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data Types", "A datatype is one of the table.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT33","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
