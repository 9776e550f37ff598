namespace Fairlead.Statistics.Evaluation;

/// <summary>How far scores are the probabilities that they claim to be.</summary>
/// <param name="Bins">Ten of equal width.</param>
/// <param name="ExpectedError">The mean distance of score and rate, bins weighted by their rows (ECE); NaN without rows.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double ExpectedError)
{
    private const int Count = 10;

    /// <param name="scores">0 to 1.</param>
    public static Calibration Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        var rows = new int[Count];
        var sums = new double[Count];
        var hits = new int[Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var bin = Math.Min(Count - 1, (int)(scores[i] * Count));
            rows[bin]++;
            sums[bin] += scores[i];
            hits[bin] += positives[i] ? 1 : 0;
        }

        var bins = Enumerable.Range(0, Count)
            .Select(bin => new CalibrationBin(bin / (double)Count, (bin + 1) / (double)Count, rows[bin], sums[bin] / rows[bin], hits[bin] / (double)rows[bin]))
            .ToArray();
        var error = bins.Where(bin => bin.Rows > 0).Sum(bin => bin.Rows * Math.Abs(bin.MeanScore - bin.PositiveRate)) / scores.Length;
        return new Calibration(bins, error);
    }
}
