namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownInput : IRule
{
    public string Name => "rest/infer/unknown-input";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "An input that the model does not have is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT9","shape":[1,2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
