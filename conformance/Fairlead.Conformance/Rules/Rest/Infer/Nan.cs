namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Nan : IRule
{
    public string Name => "rest/infer/nan";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "Numbers", "NaN is no JSON.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Fp32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"FP32","data":[NaN,2]}]}""", cancellationToken)).IsRefused;
}
