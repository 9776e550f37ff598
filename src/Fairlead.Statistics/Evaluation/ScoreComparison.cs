namespace Fairlead.Statistics.Evaluation;

/// <summary>What two models' scores of the same rows come to, whatever was true.</summary>
public static class ScoreComparison
{
    /// <summary><c>score</c>, the mean, and <c>yes</c>, the share of scores that reach the threshold.</summary>
    public static IReadOnlyList<MetricComparison> Of(double[] baseline, double[] candidate, double threshold)
    {
        return
        [
            PairedInterval.OfMeans("score", baseline, candidate),
            PairedInterval.OfMeans("yes", Array.ConvertAll(baseline, Decide), Array.ConvertAll(candidate, Decide)),
        ];

        double Decide(double score) => score >= threshold ? 1 : 0;
    }
}
