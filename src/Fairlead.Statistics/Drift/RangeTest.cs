namespace Fairlead.Statistics.Drift;

/// <summary>Rows outside the range of the reference. Without drift the chance of k beyond one end is that of the k outermost of all rows being live: exact, whatever the distribution.</summary>
/// <param name="Share">Of live rows below or above everything in the reference, 0 to 1.</param>
/// <param name="PValue">Two-sided; an upper bound where values are tied.</param>
public readonly record struct RangeTest(double Share, double PValue)
{
    private const double Vanishing = 1e-320;

    /// <summary>Comparable with a stability index.</summary>
    public double Effect => ShareTest.EffectOf(0, Share);

    public static RangeTest Of(ValueCounts reference, ValueCounts live)
    {
        if (reference.Total == 0 || live.Total == 0)
            return new RangeTest(0, 1);
        var (least, most) = (reference.Values[0], reference.Values[^1]);
        var (below, above) = (0L, 0L);
        for (var i = 0; i < live.Values.Count; i++)
        {
            below += live.Values[i] < least ? live.Counts[i] : 0;
            above += live.Values[i] > most ? live.Counts[i] : 0;
        }

        var chance = Math.Min(Outermost(below, live.Total, reference.Total), Outermost(above, live.Total, reference.Total));
        return new RangeTest((double)(below + above) / live.Total, Math.Min(1, 2 * chance));
    }

    private static double Outermost(long rows, long live, long reference)
    {
        var chance = 1.0;
        for (var k = 0L; k < rows && chance > Vanishing; k++)
            chance *= (double)(live - k) / (live + reference - k);
        return chance;
    }
}
