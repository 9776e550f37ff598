namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class NegativeDimensions : IRule
{
    public string Name => "rest/infer/negative-dimensions";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A dimension is an unsigned integer: two negative ones make no positive tensor.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[-1,-2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
