using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>The shift between two samples with its interval as Kayenta finds them: roots of the corrected rank statistic, by an absolute tolerance.</summary>
internal readonly record struct KayentaInterval(double Low, double High, double Estimate)
{
    private const double Tolerance = 1e-4;

    /// <param name="x">The experiment, ascending, not empty.</param>
    /// <param name="y">The control, ascending, not empty.</param>
    /// <exception cref="InvalidOperationException">All values are tied.</exception>
    public static KayentaInterval Of(double[] x, double[] y, double confidence)
    {
        var (left, right) = (x[0] - y[^1], x[^1] - y[0]);
        var (atLeft, atRight) = (Score(left), Score(right));
        var z = -Normal.InvCDF(0, 1, (1 - confidence) / 2);
        return new KayentaInterval(Root(z), Root(-z), BrentRoot.Find(Score, left, atLeft, right, atRight, Tolerance));

        double Root(double quantile) =>
            atLeft - quantile <= 0 ? left
            : atRight - quantile >= 0 ? right
            : BrentRoot.Find(shift => Score(shift) - quantile, left, atLeft - quantile, right, atRight - quantile, Tolerance);

        double Score(double shift)
        {
            var sums = RankSums.Of(x, y, shift);
            return sums.Deviation > 0 ? sums.Score : throw new InvalidOperationException("no interval can be computed when all points are tied");
        }
    }
}
