namespace Fairlead.Statistics.Distributions;

/// <summary>How often two samples of one continuous distribution lie as far apart as they did, by the largest distance of their distribution functions.</summary>
public static class KolmogorovTail
{
    /// <summary>Steps of the exact count; a few milliseconds.</summary>
    private const double MaxExactSteps = 1_000_000;

    /// <summary>Below it the exact count is rounding error.</summary>
    private const double LeastExact = 1e-9;

    /// <summary>
    /// P(D ≥ d), exact where the product of the sizes is a million at most, otherwise by Kolmogorov's limit with Stephens' correction of its argument
    /// (within a few percent of the exact probability). With ties it is an upper bound.
    /// </summary>
    /// <param name="distance">0 to 1.</param>
    public static double TwoSample(double distance, long n, long m)
    {
        if (distance <= 0 || n == 0 || m == 0)
            return 1;
        if ((double)n * m <= MaxExactSteps && Exact(distance, (int)n, (int)m) is var exact and > LeastExact)
            return exact;
        var size = Math.Sqrt((double)n * m / (n + m));
        return Limit((size + 0.12 + (0.11 / size)) * distance);
    }

    /// <summary>
    /// The share of the orders of the pooled values, all as likely, whose path keeps below the distance, by adding up paths on the lattice of both samples;
    /// scaled at each step so that nothing overflows.
    /// </summary>
    private static double Exact(double distance, int n, int m)
    {
        // Distances are multiples of 1/(nm): halfway below the observed one nothing is decided by rounding.
        var limit = (0.5 + Math.Floor((distance * n * m) - 1e-7)) / ((double)n * m);
        var paths = new double[m + 1];
        for (var j = 0; j <= m; j++)
            paths[j] = (double)j / m > limit ? 0 : 1;
        for (var i = 1; i <= n; i++)
        {
            var scale = i / (double)(i + m);
            var share = (double)i / n;
            paths[0] = share > limit ? 0 : scale * paths[0];
            for (var j = 1; j <= m; j++)
                paths[j] = Math.Abs(share - ((double)j / m)) > limit ? 0 : (scale * paths[j]) + paths[j - 1];
        }

        return Math.Clamp(1 - paths[m], 0, 1);
    }

    private static double Limit(double x)
    {
        if (x < 0.2)
            return 1;
        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            var term = Math.Exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17 * sum)
                break;
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
