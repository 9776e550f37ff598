using Fairlead.Statistics.Distributions;

namespace Fairlead.Statistics.Drift;

/// <summary>The two-sample test of Kolmogorov and Smirnov, and the distance of Wasserstein, from one walk along both samples.</summary>
/// <param name="Distance">Largest distance of the distribution functions, 0 to 1.</param>
/// <param name="At">The value where it is.</param>
/// <param name="PValue">Two-sided; an upper bound where values are tied.</param>
/// <param name="Wasserstein">How far the mass must be moved on average, in the unit of the values.</param>
public readonly record struct DistanceTest(double Distance, double At, double PValue, double Wasserstein)
{
    public static DistanceTest Of(ValueCounts reference, ValueCounts live)
    {
        if (reference.Total == 0 || live.Total == 0)
            return new DistanceTest(0, 0, 1, 0);
        var (i, j) = (0, 0);
        var (seenReference, seenLive) = (0L, 0L);
        var (distance, at, moved, last, gap) = (0.0, 0.0, 0.0, double.NaN, 0.0);
        while (i < reference.Values.Count || j < live.Values.Count)
        {
            var value = Math.Min(i < reference.Values.Count ? reference.Values[i] : double.PositiveInfinity, j < live.Values.Count ? live.Values[j] : double.PositiveInfinity);
            if (!double.IsNaN(last))
                moved += gap * (value - last);
            if (i < reference.Values.Count && reference.Values[i] == value)
                seenReference += reference.Counts[i++];
            if (j < live.Values.Count && live.Values[j] == value)
                seenLive += live.Counts[j++];
            gap = Math.Abs(((double)seenReference / reference.Total) - ((double)seenLive / live.Total));
            if (gap > distance)
                (distance, at) = (gap, value);
            last = value;
        }

        return new DistanceTest(distance, at, KolmogorovTail.TwoSample(distance, reference.Total, live.Total), moved);
    }
}
