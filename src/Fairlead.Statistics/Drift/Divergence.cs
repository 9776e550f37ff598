namespace Fairlead.Statistics.Drift;

/// <summary>Distances of two distributions over the same cells, from counts.</summary>
public static class Divergence
{
    /// <summary>The distance of Jensen and Shannon, by logarithms of base 2: 0 for equal shares, 1 for shares that have nothing in common.</summary>
    public static double JensenShannon(ReadOnlySpan<long> reference, ReadOnlySpan<long> live)
    {
        var (n, m) = (Sum(reference), Sum(live));
        if (n == 0 || m == 0)
            return 0;
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var (p, q) = ((double)reference[i] / n, (double)live[i] / m);
            var mean = (p + q) / 2;
            sum += (p > 0 ? p * Math.Log2(p / mean) : 0) + (q > 0 ? q * Math.Log2(q / mean) : 0);
        }

        return Math.Sqrt(Math.Clamp(sum / 2, 0, 1));
    }

    /// <summary>The distance of Hellinger: 0 for equal shares, 1 for shares that have nothing in common.</summary>
    public static double Hellinger(ReadOnlySpan<long> reference, ReadOnlySpan<long> live)
    {
        var (n, m) = (Sum(reference), Sum(live));
        if (n == 0 || m == 0)
            return 0;
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            var difference = Math.Sqrt((double)reference[i] / n) - Math.Sqrt((double)live[i] / m);
            sum += difference * difference;
        }

        return Math.Sqrt(Math.Clamp(sum / 2, 0, 1));
    }

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
            sum += count;
        return sum;
    }
}
