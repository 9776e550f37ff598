namespace Fairlead.Statistics.Canary.Judging;

/// <summary>Percentiles with linear interpolation between points: type 7 of R.</summary>
internal static class Percentiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
