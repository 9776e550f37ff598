namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ShapeMissing : IRule
{
    public string Name => "rest/infer/shape-missing";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "An input has a shape.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
