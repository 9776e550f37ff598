using Fairlead.Statistics.Distributions;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Fairlead.Statistics.Canary.Ranks;

/// <summary>How far one sample lies above another, or pairs above zero, with an interval: order statistics of the differences, so exact to the last bit.</summary>
/// <param name="Estimate">Median of the differences.</param>
/// <param name="Low">Null when even samples that lie wholly apart would not be told at the level.</param>
/// <param name="High">Likewise.</param>
/// <param name="PValue">Of no shift, two-sided, ties considered.</param>
/// <param name="Detectable">The least shift that an interval beyond zero is found for with a probability of 80 %; null when none is.</param>
internal readonly record struct ShiftInterval(double Estimate, double? Low, double? High, double PValue, double? Detectable)
{
    private const double Power = 0.8;
    private const double CorrectionForSteps = 0.5;

    /// <summary>The shift of one sample against another, after Hodges and Lehmann.</summary>
    /// <param name="x">The experiment, ascending, not empty.</param>
    /// <param name="y">The control, ascending, not empty.</param>
    /// <param name="level">Two-sided: 1 less the confidence.</param>
    public static ShiftInterval OfSamples(double[] x, double[] y, double level)
    {
        double m = x.Length, n = y.Length;
        var floor = 2 * Math.Exp(-SpecialFunctions.FactorialLn(x.Length + y.Length) + SpecialFunctions.FactorialLn(x.Length) + SpecialFunctions.FactorialLn(y.Length));
        var none = RankSums.Of(x, y, 0);
        var pValue = none.Deviation > 0 ? UpperTail.NormalTwoSided(none.Score) : 1;
        // Noether: the probability that a shifted value lies above a value of the control, at which the test is found with that power.
        var needed = 0.5 + (Reach(level) * Math.Sqrt((m + n + 1) / (12 * m * n)));
        return Of(new PairwiseDifferences(x, y), level, RankSums.DeviationApart(x, y), floor, pValue, needed);
    }

    /// <summary>The centre of differences within pairs, after Wilcoxon.</summary>
    /// <param name="differences">Ascending, not empty.</param>
    /// <param name="level">Two-sided: 1 less the confidence.</param>
    public static ShiftInterval OfPairs(double[] differences, double level)
    {
        double n = differences.Length;
        var deviation = Math.Sqrt((n * (n + 1) * ((2 * n) + 1) / 24) - (RankSums.TiesWithin(differences) / 48));
        var needed = 0.5 + (Reach(level) / Math.Sqrt(3 * n));
        return Of(new WalshAverages(differences), level, deviation, SignedRanks.LeastPValue(differences.Length), SignedRanks.PValue(differences), needed);
    }

    private static ShiftInterval Of(DifferenceSet set, double level, double deviation, double leastPValue, double pValue, double needed)
    {
        var estimate = set.Median();
        pValue = Math.Clamp(pValue, leastPValue, 1);
        var extreme = Math.Ceiling((set.Count / 2.0) + CorrectionForSteps + (Quantile(level / 2) * deviation));
        if (level < leastPValue || !(extreme <= set.Count))
            return new ShiftInterval(estimate, null, null, pValue, null);
        var place = (long)extreme;
        var detectable = needed < 1 ? estimate - set.Select(Math.Clamp((long)((1 - needed) * set.Count), 0, set.Count - 1)) : (double?)null;
        return new ShiftInterval(estimate, set.Select(set.Count - place), set.Select(place - 1), pValue, detectable);
    }

    private static double Reach(double level) => Quantile(level / 2) + Quantile(1 - Power);

    /// <summary>The value that a standard normal variable exceeds with a probability; infinite for none.</summary>
    private static double Quantile(double probability) => probability > 0 ? -Normal.InvCDF(0, 1, probability) : double.PositiveInfinity;
}
