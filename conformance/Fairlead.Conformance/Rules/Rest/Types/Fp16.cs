namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Fp16 : IRule
{
    public string Name => "rest/types/fp16";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "FP16 has no form in JSON that all agree on: a server takes numbers or refuses them, and never fails.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Fp16.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"FP16","data":[1,-0.5]}]}""", cancellationToken);
        return answer.Status == 200 ? answer.Says("outputs/OUTPUT0/datatype", "\"FP16\"") : answer.IsRefused;
    }
}
