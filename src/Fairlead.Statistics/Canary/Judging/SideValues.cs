namespace Fairlead.Statistics.Canary.Judging;

/// <summary>One side of a metric as it is judged.</summary>
/// <param name="Sorted">Ascending.</param>
/// <param name="Reported">Points that had a value.</param>
/// <param name="Missing">Points that were expected and had none.</param>
/// <param name="Outliers">Points left out.</param>
/// <param name="Mean">NaN without points.</param>
internal sealed record SideValues(double[] Sorted, int Reported, int Missing, int Outliers, double Mean)
{
    public int Points => Sorted.Length;

    public bool IsFinite => Points == 0 || (double.IsFinite(Sorted[0]) && double.IsFinite(Sorted[^1]));

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
        new(sorted, reported, missing, outliers, sorted.Length == 0 ? double.NaN : sorted.Sum() / sorted.Length);

    public CanarySide Describe() => Points == 0
        ? new CanarySide(0, Missing, Outliers, null, null, null, null)
        : new CanarySide(Points, Missing, Outliers, Finite(Mean), Finite(Percentiles.Of(Sorted, 0.5)), Finite(Sorted[0]), Finite(Sorted[^1]));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
