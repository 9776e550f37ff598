using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>Two shares, compared.</summary>
/// <param name="Reference">0 to 1.</param>
/// <param name="Live">0 to 1.</param>
/// <param name="PValue">Two-sided, by the pooled normal approximation with the correction for continuity.</param>
public readonly record struct ShareTest(double Reference, double Live, double PValue)
{
    /// <summary>Cohen's h, squared: the difference on a scale on which a point weighs as much wherever it is, and comparable with a stability index.</summary>
    public double Effect => EffectOf(Reference, Live);

    /// <summary>True when all rows of both sides are alike, so that there is nothing to test.</summary>
    public bool IsConstant => Reference == Live && Reference is 0 or 1;

    public static ShareTest Of(long hitsReference, long reference, long hitsLive, long live)
    {
        if (reference == 0 || live == 0)
            return new ShareTest(0, 0, 1);
        var (p, q) = ((double)hitsReference / reference, (double)hitsLive / live);
        var pooled = (double)(hitsReference + hitsLive) / (reference + live);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / reference) + (1.0 / live)));
        if (deviation == 0)
            return new ShareTest(p, q, 1);
        var difference = Math.Max(0, Math.Abs(p - q) - (((1.0 / reference) + (1.0 / live)) / 2));
        return new ShareTest(p, q, UpperTail.NormalTwoSided(difference / deviation));
    }

    internal static double EffectOf(double reference, double live)
    {
        var h = 2 * (Math.Asin(Math.Sqrt(Math.Clamp(live, 0, 1))) - Math.Asin(Math.Sqrt(Math.Clamp(reference, 0, 1))));
        return h * h;
    }
}
