namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ElementOutOfRange : IRule
{
    public string Name => "rest/infer/element-out-of-range";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "An unexpected value is an error: a number beyond the datatype is not cut.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.UInt8.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"UINT8","data":[256,-1]}]}""", cancellationToken)).IsRefused;
}
