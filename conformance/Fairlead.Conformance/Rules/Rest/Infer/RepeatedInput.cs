namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class RepeatedInput : IRule
{
    public string Name => "rest/infer/repeated-input";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Request Input", "An input is given once.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[1]},{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[2]}]}""", cancellationToken)).IsRefused;
}
