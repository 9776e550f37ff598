namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ShapeOverflow : IRule
{
    public string Name => "rest/infer/shape-overflow";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A shape whose size no machine has is an error, not a small tensor.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[4294967296,4294967296],"datatype":"INT32","data":[]}]}""", cancellationToken)).IsRefused;
}
