namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class NumberBeyondFp32 : IRule
{
    public string Name => "rest/infer/number-beyond-fp32";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "An unexpected value is an error: a number that FP32 does not hold becomes no infinity.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Fp32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"FP32","data":[1e999,2]}]}""", cancellationToken)).IsRefused;
}
