namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class RaggedData : IRule
{
    public string Name => "rest/infer/ragged-data";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "Nested lists have the sizes of the shape.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Fp32.Model, """{"inputs":[{"name":"INPUT0","shape":[2,3],"datatype":"FP32","data":[[1,2],[3,4,5]]}]}""", cancellationToken);
        return answer.IsRefused;
    }
}
