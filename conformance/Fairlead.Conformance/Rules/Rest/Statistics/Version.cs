namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class Version : IRule
{
    public string Name => "rest/statistics/version";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "A version may be named.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/2/stats", cancellationToken);
        return answer.IsOk && answer.HasCount("model_stats", 1) && answer.Says("model_stats/0/version", "\"2\"");
    }
}
