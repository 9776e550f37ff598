namespace Fairlead.Statistics.Canary.Scoring;

/// <summary>
/// The score as Kayenta makes it: errors and missing data are outside it, a group of nothing else counts as 100, and thresholds label it.
/// </summary>
internal static class KayentaScorer
{
    public static ScoreCard Score(IReadOnlyList<CanaryMetricVerdict> metrics, CanaryConfig config)
    {
        var scored = metrics.Where(metric => !metric.IsMuted).ToList();
        var tallies = GroupTally.Of(scored);
        var weights = GroupWeights.Of([.. tallies.Select(tally => tally.Name)], config.Classifier);
        var groups = tallies.Zip(weights, (tally, weight) => new CanaryGroupScore(tally.Name, weight, ScoreOf(tally), tally.Passed, tally.Failed + tally.NodataFailed, tally.Nodata, tally.Errors)).ToList();
        var summary = Rounding.Score(groups.Sum(group => (group.Score ?? 100) * group.Weight / 100));
        var critical = scored.FirstOrDefault(metric => metric.IsCritical && metric.Classification != CanaryClassification.Pass);
        if (critical is not null)
            return Card(0, $"the critical metric '{critical.Name}' failed");
        var nodata = scored.Count(metric => metric.Classification == CanaryClassification.Nodata);
        return nodata > 0 && nodata >= CanaryConfig.MostNodata * scored.Count ? Card(0, $"{nodata} of {scored.Count} metrics have no data") : Card(summary, $"score {summary:0.##}");

        ScoreCard Card(double score, string reason)
        {
            var outcome = score >= config.Thresholds.Pass ? CanaryOutcome.Pass : score >= config.Thresholds.Marginal ? CanaryOutcome.Marginal : CanaryOutcome.Fail;
            return new ScoreCard(score, outcome, reason, groups);
        }
    }

    private static double? ScoreOf(GroupTally tally)
    {
        var counted = tally.Passed + tally.Failed + tally.NodataFailed;
        return counted == 0 ? null : 100.0 * tally.Passed / counted;
    }
}
