namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class BrokenJson : IRule
{
    public string Name => "rest/infer/broken-json";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "A body that is no JSON is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":""", cancellationToken)).IsRefused;
}
