namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class LastInference : IRule
{
    public string Name => "rest/statistics/last-inference";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "The time of the last inference is in milliseconds since the epoch.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken);
        var last = await Counts.ReadAsync(target, ModelSet.Simple, "last_inference", cancellationToken);
        return Verdict.That(last is > 1_500_000_000_000 and < 10_000_000_000_000, $"'last_inference' is {last}, which is no such time");
    }
}
