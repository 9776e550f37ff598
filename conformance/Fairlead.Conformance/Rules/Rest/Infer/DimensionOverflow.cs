namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class DimensionOverflow : IRule
{
    public string Name => "rest/infer/dimension-overflow";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A dimension beyond 64 bits is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[99999999999999999999999,1],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
