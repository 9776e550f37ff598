namespace Fairlead.Statistics.Canary.Scoring;

/// <summary>
/// The score of which nothing unknown is a part: metrics without data or with an error count as not good, unless the configuration leaves them out; groups of
/// which nothing is left lend their weight to the others; a canary of which nothing is left is not good.
/// </summary>
internal static class Scorer
{
    public static ScoreCard Score(IReadOnlyList<CanaryMetricVerdict> metrics, CanaryConfig config)
    {
        var scored = metrics.Where(metric => !metric.IsMuted && !metric.IsLeftOut).ToList();
        var tallies = GroupTally.Of(scored);
        string[] names = [.. metrics.SelectMany(metric => metric.Groups).Distinct(StringComparer.Ordinal)];
        var weights = names.Zip(GroupWeights.Of(names, config.Classifier)).ToDictionary(pair => pair.First, pair => Math.Max(0, pair.Second), StringComparer.Ordinal);
        var total = tallies.Sum(tally => weights[tally.Name]);
        var groups = tallies.Select(tally => new CanaryGroupScore(
            tally.Name, total > 0 ? 100 * weights[tally.Name] / total : 0, 100.0 * tally.Passed / tally.All, tally.Passed, tally.Failed, tally.Nodata + tally.NodataFailed, tally.Errors)).ToList();
        if (scored.FirstOrDefault(metric => metric.IsCritical && IsFailure(metric.Classification)) is { } critical)
            return new ScoreCard(0, CanaryOutcome.Fail, $"the critical metric '{critical.Name}' failed: {critical.Reason}", groups);
        if (scored.FirstOrDefault(metric => metric.IsCritical && metric.Classification != CanaryClassification.Pass) is { } missing)
            return new ScoreCard(0, CanaryOutcome.Nodata, $"the critical metric '{missing.Name}' could not be judged: {missing.Reason}", groups);
        if (!(total > 0))
            return new ScoreCard(0, CanaryOutcome.Nodata, "no metric of any group with a weight could be judged", groups);
        var unknown = scored.Count(metric => metric.Classification is CanaryClassification.Nodata or CanaryClassification.Error);
        if (unknown >= CanaryConfig.MostNodata * scored.Count)
            return new ScoreCard(0, CanaryOutcome.Nodata, $"{unknown} of {scored.Count} metrics could not be judged", groups);
        return Label(tallies, groups, config.Thresholds);
    }

    private static ScoreCard Label(IReadOnlyList<GroupTally> tallies, IReadOnlyList<CanaryGroupScore> groups, CanaryScoreThresholds thresholds)
    {
        var score = Rounding.Score(groups.Sum(group => group.Score!.Value * group.Weight / 100));
        var atBest = Rounding.Score(groups.Zip(tallies, (group, tally) => group.Weight * (tally.Passed + tally.Nodata + tally.Errors) / tally.All).Sum());
        var outcome = OutcomeOf(score, thresholds);
        var said = $"score {score:0.##} of 100, {thresholds.Pass:0.##} is good";
        return OutcomeOf(atBest, thresholds) == outcome
            ? new ScoreCard(score, outcome, said, groups)
            : new ScoreCard(score, CanaryOutcome.Nodata, $"{said}; with what could not be judged it may be {atBest:0.##}", groups);
    }

    private static bool IsFailure(CanaryClassification classification) => classification is CanaryClassification.High or CanaryClassification.Low;

    private static CanaryOutcome OutcomeOf(double score, CanaryScoreThresholds thresholds) =>
        score >= thresholds.Pass ? CanaryOutcome.Pass : score >= thresholds.Marginal ? CanaryOutcome.Marginal : CanaryOutcome.Fail;
}
