namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class CountsRequests : IRule
{
    public string Name => "rest/statistics/counts-requests";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "A successful request is counted.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var before = await Counts.ReadAsync(target, ModelSet.Simple, "inference_stats/success/count", cancellationToken);
        await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken);
        return Verdict.Same("the count of successes after one more", before + 1, await Counts.ReadAsync(target, ModelSet.Simple, "inference_stats/success/count", cancellationToken));
    }
}
