using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Intervals;

/// <summary>
/// Intervals from groups that units fell into by chance: the groups differ from one another as much as samples of their size do, whatever happens within
/// a unit, so the rows of one unit may depend on each other. With few groups the quantile of Student's distribution makes up for the unsure spread.
/// </summary>
public static class RandomGroups
{
    /// <summary>With fewer groups nothing is said about how sure a value is.</summary>
    public const int LeastGroups = 5;

    /// <summary>The sum of the numerators over that of the denominators, by the delta method.</summary>
    /// <param name="numerators">A sum for each group that has rows.</param>
    /// <param name="denominators">As many.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <returns>Null when the denominators add up to 0, or a sum is not finite.</returns>
    public static EstimatedValue? Ratio(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, double confidence)
    {
        if (numerators.Length != denominators.Length)
            throw new ArgumentException("There are not as many denominators as numerators.", nameof(denominators));
        var (numerator, denominator) = (0.0, 0.0);
        for (var i = 0; i < numerators.Length; i++)
        {
            numerator += numerators[i];
            denominator += denominators[i];
        }

        var ratio = numerator / denominator;
        if (denominator == 0 || !double.IsFinite(ratio))
            return null;
        var squares = 0.0;
        for (var i = 0; i < numerators.Length; i++)
        {
            var deviation = (numerators[i] - (ratio * denominators[i])) / denominator;
            squares += deviation * deviation;
        }

        return Around(ratio, squares * numerators.Length / (numerators.Length - 1), numerators.Length, confidence);
    }

    /// <summary>Any statistic of all rows, by the jackknife that leaves out one group at a time.</summary>
    /// <param name="value">Of all rows; finite.</param>
    /// <param name="without">The statistic without each group.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static EstimatedValue Jackknife(double value, ReadOnlySpan<double> without, double confidence)
    {
        var mean = 0.0;
        foreach (var other in without)
            mean += other / without.Length;
        var squares = 0.0;
        foreach (var other in without)
            squares += (other - mean) * (other - mean);
        return Around(value, squares * (without.Length - 1) / without.Length, without.Length, confidence);
    }

    // Without any spread, such as where all answers were right, the groups do not tell how far the truth may be away.
    private static EstimatedValue Around(double value, double variance, int groups, double confidence)
    {
        if (groups < LeastGroups || !double.IsFinite(variance) || variance <= 0)
            return new EstimatedValue(value, null, null);
        var reach = StudentT.InvCDF(0, 1, groups - 1, (1 + confidence) / 2) * Math.Sqrt(variance);
        return new EstimatedValue(value, value - reach, value + reach);
    }
}
