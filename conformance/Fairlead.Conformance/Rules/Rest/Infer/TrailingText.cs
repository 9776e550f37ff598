namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TrailingText : IRule
{
    public string Name => "rest/infer/trailing-text";

    public Requirement Requirement { get; } = Requirement.Should(Document.Json, "JSON Grammar", "A JSON text is one value, and nothing follows it.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":[1,2]}]} x""", cancellationToken)).IsRefused;
}
