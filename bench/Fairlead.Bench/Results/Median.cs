namespace Fairlead.Bench.Results;

internal static class Median
{
    /// <param name="values">At least one.</param>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median of the ratios of pairs measured side by side: steadier than the ratio of two medians.</summary>
    public static double OfRatios(IEnumerable<double> values, IEnumerable<double> baselines) => Of(values.Zip(baselines, (value, baseline) => value / baseline));
}
