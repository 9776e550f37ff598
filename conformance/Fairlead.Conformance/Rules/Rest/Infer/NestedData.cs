namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class NestedData : IRule
{
    public string Name => "rest/infer/nested-data";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data", "Data may be given as lists nested as the shape is.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Fp32.Model, """{"inputs":[{"name":"INPUT0","shape":[2,3],"datatype":"FP32","data":[[1,2,3],[4,5,6]]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "FP32", "[2,3]", "[1,2,3,4,5,6]");
    }
}
