namespace Fairlead.Statistics.Evaluation;

/// <summary>Quantiles of sorted values, interpolated between neighbours (type 7 of Hyndman and Fan).</summary>
public static class Quantiles
{
    /// <param name="sorted">Rising.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>NaN without values.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
