namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class DataMissing : IRule
{
    public string Name => "rest/infer/data-missing";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "An input has data.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32"}]}""", cancellationToken)).IsRefused;
}
