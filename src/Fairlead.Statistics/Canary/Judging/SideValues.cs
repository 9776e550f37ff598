namespace Fairlead.Statistics.Canary.Judging;

/// <summary>One side of a metric as it is judged.</summary>
/// <param name="Sorted">Ascending.</param>
/// <param name="Reported">Points that had a value.</param>
/// <param name="Missing">Points that were expected and had none.</param>
/// <param name="Outliers">Points left out.</param>
/// <param name="Mean">NaN without points.</param>
internal sealed record SideValues(double[] Sorted, int Reported, int Missing, int Outliers, double Mean)
{
    private const double Largest = 1e300;

    public int Points => Sorted.Length;

    /// <summary>False when differences of points, or sums, may be infinite.</summary>
    public bool IsBounded => Points == 0 || (Sorted[0] >= -Largest && Sorted[^1] <= Largest);

    /// <summary>True when all points hold one value.</summary>
    public bool IsConstant => Points > 0 && Sorted[0] == Sorted[^1];

    /// <param name="expected">Points that there should be; fewer are filled up with missing ones.</param>
    public static SideValues Of(IReadOnlyList<double> values, int expected, CanaryAnalysis analysis)
    {
        var reported = values.Count(value => !double.IsNaN(value));
        var missing = Math.Max(expected, values.Count) - reported;
        var kept = new double[analysis.NanStrategy == CanaryNanStrategy.Replace ? reported + missing : reported];
        var at = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                kept[at++] = value;
        }

        Array.Sort(kept);
        var within = analysis.Outliers is { Strategy: CanaryOutlierStrategy.Remove } outliers ? OutlierFence.Within(kept, outliers.OutlierFactor) : kept;
        return Of(within, reported, missing, kept.Length - within.Length);
    }

    /// <param name="sorted">Ascending.</param>
    public static SideValues Of(double[] sorted, int reported, int missing, int outliers) =>
        new(sorted, reported, missing, outliers, MeanOf(sorted));

    /// <summary>With the rounding error of the first sum taken back by a second; NaN without points.</summary>
    public static double MeanOf(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        var mean = values.Sum() / values.Length;
        return mean + (values.Sum(value => value - mean) / values.Length);
    }

    public CanarySide Describe() => Points == 0
        ? new CanarySide(0, Missing, Outliers, null, null, null, null)
        : new CanarySide(Points, Missing, Outliers, Finite(Mean), Finite(Percentiles.Of(Sorted, 0.5)), Finite(Sorted[0]), Finite(Sorted[^1]));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
