namespace Fairlead.Statistics.Evaluation;

/// <summary>Two models that score the same rows, of which it is known which are positive.</summary>
/// <param name="Metrics">
/// <c>auc</c>, <c>accuracy</c>, <c>precision</c>, <c>recall</c>, <c>f1</c>, <c>lift</c> (precision over the share of positives); when all scores lie in 0 to 1
/// also <c>logloss</c> (natural, scores clipped at 1e-15), <c>brier</c> and <c>ece</c>.
/// </param>
/// <param name="Baseline">Null unless all scores of both models lie in 0 to 1.</param>
/// <param name="Candidate">Of the other model.</param>
public sealed record BinaryComparison(IReadOnlyList<MetricComparison> Metrics, Calibration? Baseline, Calibration? Candidate)
{
    private const double Clip = 1e-15;

    /// <param name="threshold">Scores from here on count as positive.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static BinaryComparison Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate, ReadOnlySpan<bool> positives, double threshold, int seed)
    {
        if (baseline.Length != candidate.Length || baseline.Length != positives.Length)
            throw new ArgumentException($"There are {baseline.Length} and {candidate.Length} scores for {positives.Length} rows.", nameof(positives));
        var metrics = new List<MetricComparison> { RocArea.Compare("auc", baseline, candidate, positives) };
        if (!AreProbabilities(baseline) || !AreProbabilities(candidate))
            return new BinaryComparison([.. metrics, .. DecisionCells.Count(baseline, candidate, positives, threshold).Compare(seed)], null, null);
        metrics.Add(PairedInterval.OfMeans("logloss", LogLosses(baseline, positives), LogLosses(candidate, positives)));
        metrics.Add(PairedInterval.OfMeans("brier", SquaredErrors(baseline, positives), SquaredErrors(candidate, positives)));
        var left = Calibration.Of(baseline, positives);
        var right = Calibration.Of(candidate, positives);
        // Biased upwards in small samples, so that an interval would promise too much.
        metrics.Add(new MetricComparison("ece", left.ExpectedError, right.ExpectedError));
        metrics.AddRange(DecisionCells.Count(baseline, candidate, positives, threshold).Compare(seed));
        return new BinaryComparison(metrics, left, right);
    }

    private static bool AreProbabilities(ReadOnlySpan<double> scores)
    {
        foreach (var score in scores)
        {
            if (!(score >= 0 && score <= 1))
                return false;
        }

        return true;
    }

    private static double[] LogLosses(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        var losses = new double[scores.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            var score = Math.Clamp(scores[i], Clip, 1 - Clip);
            losses[i] = -Math.Log(positives[i] ? score : 1 - score);
        }

        return losses;
    }

    private static double[] SquaredErrors(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        var errors = new double[scores.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var error = scores[i] - (positives[i] ? 1 : 0);
            errors[i] = error * error;
        }

        return errors;
    }
}
