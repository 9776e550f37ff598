namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ArrayBody : IRule
{
    public string Name => "rest/infer/array-body";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "The body is an object.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """[]""", cancellationToken)).IsRefused;
}
