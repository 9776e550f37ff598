namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class DatatypeMissing : IRule
{
    public string Name => "rest/infer/datatype-missing";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "An input has a datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"data":[1,2]}]}""", cancellationToken)).IsRefused;
}
