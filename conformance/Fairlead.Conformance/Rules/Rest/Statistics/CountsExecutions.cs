namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class CountsExecutions : IRule
{
    public string Name => "rest/statistics/counts-executions";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "A batch that runs at once is one execution.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var before = await Counts.ReadAsync(target, ModelSet.TwoOutputs, "execution_count", cancellationToken);
        await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[2,4],"datatype":"FP32","data":[1,2,3,4,5,6,7,8]}]}""", cancellationToken);
        return Verdict.Same("the count of executions after one batch", before + 1, await Counts.ReadAsync(target, ModelSet.TwoOutputs, "execution_count", cancellationToken));
    }
}
