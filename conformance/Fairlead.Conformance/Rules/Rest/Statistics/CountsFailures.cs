namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class CountsFailures : IRule
{
    public string Name => "rest/statistics/counts-failures";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "A request that failed is counted as failed, not as successful.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var before = await Counts.ReadAsync(target, ModelSet.TwoOutputs, "inference_stats/success/count", cancellationToken);
        await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""", cancellationToken);
        return Verdict.That(before >= 0, "there is no count of successes") && Verdict.Same("the count of successes after a failure", before, await Counts.ReadAsync(target, ModelSet.TwoOutputs, "inference_stats/success/count", cancellationToken));
    }
}
