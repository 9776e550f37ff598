using MathNet.Numerics.Distributions;

namespace Fairlead.Sweeps.Gaussian;

/// <summary>How much less than the least so far a value is expected to be.</summary>
internal static class ExpectedImprovement
{
    /// <summary>Farther below, the two terms nearly cancel one another, and a series says it better.</summary>
    private const double FarBelow = -25;
    private static readonly double LogRoot2Pi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>The logarithm, which still tells points apart where the improvement itself is too small for a number.</summary>
    /// <returns>Negative infinity when there is none to be expected at all.</returns>
    public static double Log(double mean, double variance, double best)
    {
        var deviation = Math.Sqrt(variance);
        if (deviation < 1e-12)
            return best > mean ? Math.Log(best - mean) : double.NegativeInfinity;
        var z = (best - mean) / deviation;
        if (z < FarBelow)
        {
            var square = z * z;
            return Math.Log(deviation) - LogRoot2Pi - (square / 2) - Math.Log(square) + Math.Log(1 - (3 / square) + (15 / (square * square)));
        }

        return Math.Log(deviation * ((z * Normal.CDF(0, 1, z)) + Normal.PDF(0, 1, z)));
    }
}
