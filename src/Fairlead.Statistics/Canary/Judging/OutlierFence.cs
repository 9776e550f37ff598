namespace Fairlead.Statistics.Canary.Judging;

/// <summary>Leaves out what lies far beyond the quartiles, and beyond the 1st and the 99th percentile too.</summary>
internal static class OutlierFence
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="factor">Multiple of the distance of the quartiles.</param>
    public static double[] Within(double[] sorted, double factor)
    {
        if (sorted.Length == 0)
            return sorted;
        var (lower, upper) = (Percentiles.Of(sorted, 0.25), Percentiles.Of(sorted, 0.75));
        var reach = factor * (upper - lower);
        var least = Math.Min(Percentiles.Of(sorted, 0.01), lower - reach);
        var most = Math.Max(Percentiles.Of(sorted, 0.99), upper + reach);
        return Array.FindAll(sorted, value => value >= least && value <= most);
    }
}
