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

    /// <param name="differences">Of all rows; those that are not finite are left out.</param>
    public static DifferenceSummary Of(ReadOnlySpan<double> differences)
    {
        var absolute = new double[differences.Length];
        var (rows, sum, absoluteSum) = (0, 0.0, 0.0);
        foreach (var difference in differences)
        {
            if (!double.IsFinite(difference))
                continue;
            absolute[rows++] = Math.Abs(difference);
            sum += difference;
            absoluteSum += Math.Abs(difference);
        }

        Array.Resize(ref absolute, rows);
        Array.Sort(absolute);
        return new DifferenceSummary(
            rows, sum / rows, absoluteSum / rows, Quantiles.Of(absolute, 1), Quantiles.Of(absolute, 0.5), Quantiles.Of(absolute, 0.9), Quantiles.Of(absolute, 0.99), Quantiles.Of(absolute, 0.999), Count(differences));
    }

    private static IReadOnlyList<DifferenceBin> Count(ReadOnlySpan<double> differences)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var difference in differences)
        {
            if (!double.IsFinite(difference))
                continue;
            low = Math.Min(low, difference);
            high = Math.Max(high, difference);
        }

        var width = (high - low) / Bins;
        if (!(width > 0) || !double.IsFinite(width))
            return [];
        var rows = new int[Bins];
        foreach (var difference in differences)
        {
            if (double.IsFinite(difference))
                rows[Math.Min(Bins - 1, (int)((difference - low) / width))]++;
        }

        return [.. rows.Select((count, bin) => new DifferenceBin(low + (bin * width), low + ((bin + 1) * width), count))];
    }
}
