namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class EmptyBatch : IRule
{
    public string Name => "rest/infer/empty-batch";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Request Input", "Each dimension is an unsigned integer: a batch may have no rows, and its answer has none.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[0,4],"datatype":"FP32","data":[]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "FP32", "[0,4]", "[]") && answer.HasOutput("OUTPUT1", "FP32", "[0,4]", "[]");
    }
}
