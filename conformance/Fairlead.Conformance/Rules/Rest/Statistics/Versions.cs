namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class Versions : IRule
{
    public string Name => "rest/statistics/versions";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "Without a version, statistics of all versions are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/stats", cancellationToken);
        return answer.IsOk && answer.HasCount("model_stats", 2);
    }
}
