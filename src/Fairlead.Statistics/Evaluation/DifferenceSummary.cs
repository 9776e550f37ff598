namespace Fairlead.Statistics.Evaluation;

/// <summary>How two columns of numbers differ row by row, candidate minus baseline. Rows in which either is no finite number are not counted.</summary>
/// <param name="Rows">Rows that were compared.</param>
/// <param name="MeanAbsolute">Mean of the differences without their sign; NaN without rows, as all that follow.</param>
/// <param name="P50">Quantiles of the differences without their sign.</param>
/// <param name="Histogram">Rows by difference, in bins of equal width from the smallest to the largest; empty when all are the same.</param>
public sealed record DifferenceSummary(
    int Rows, double Mean, double MeanAbsolute, double MaxAbsolute, double P50, double P90, double P99, double P999, IReadOnlyList<DifferenceBin> Histogram)
{
    private const int Bins = 20;

    public static DifferenceSummary Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        var differences = new List<double>(baseline.Length);
        for (var i = 0; i < baseline.Length; i++)
        {
            var difference = candidate[i] - baseline[i];
            if (double.IsFinite(difference))
                differences.Add(difference);
        }

        return Of(differences);
    }

    /// <param name="differences">Finite.</param>
    private static DifferenceSummary Of(List<double> differences)
    {
        var absolute = differences.ConvertAll(Math.Abs).ToArray();
        Array.Sort(absolute);
        var (sum, absoluteSum) = (0.0, 0.0);
        foreach (var difference in differences)
        {
            sum += difference;
            absoluteSum += Math.Abs(difference);
        }

        var rows = differences.Count;
        return new DifferenceSummary(
            rows, sum / rows, absoluteSum / rows, Quantiles.Of(absolute, 1), Quantiles.Of(absolute, 0.5), Quantiles.Of(absolute, 0.9), Quantiles.Of(absolute, 0.99), Quantiles.Of(absolute, 0.999), Count(differences));
    }

    private static IReadOnlyList<DifferenceBin> Count(List<double> differences)
    {
        if (differences.Count == 0)
            return [];
        var (low, high) = (differences.Min(), differences.Max());
        var width = (high - low) / Bins;
        if (!(width > 0) || !double.IsFinite(width))
            return [];
        var rows = new int[Bins];
        foreach (var difference in differences)
            rows[Math.Min(Bins - 1, (int)((difference - low) / width))]++;
        return [.. rows.Select((count, bin) => new DifferenceBin(low + (bin * width), low + ((bin + 1) * width), count))];
    }
}
