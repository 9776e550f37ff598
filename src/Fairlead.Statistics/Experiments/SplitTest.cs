using MathNet.Numerics;

namespace Fairlead.Statistics.Experiments;

/// <summary>
/// Whether units fell to the arms as the split promised. A mismatch means that something drops or adds units by arm, and then no metric can be trusted.
/// The sequential test of Lindon and Malek (2022) may be looked at after every unit: its p is below alpha at any time with probability alpha at most.
/// </summary>
/// <param name="PValue">Always valid.</param>
/// <param name="FixedPValue">Pearson's chi-squared, right at one look only.</param>
public readonly record struct SplitTest(double PValue, double FixedPValue)
{
    /// <summary>
    /// How tightly the alternatives lie about the promised shares. A mismatch of a few percent is what happens, so that shares far away are not worth much weight.
    /// </summary>
    private const double Concentration = 1000;

    /// <param name="counts">Units by arm.</param>
    /// <param name="shares">Promised, above 0, sum 1; as many as counts.</param>
    public static SplitTest Of(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Count, shares.Count);
        var total = counts.Sum();
        if (total == 0 || counts.Count < 2)
            return new SplitTest(1, 1);
        // The ratio of a Dirichlet-multinomial about the promised shares to the multinomial with exactly those.
        var log = SpecialFunctions.GammaLn(Concentration) - SpecialFunctions.GammaLn(Concentration + total);
        var chi = 0.0;
        for (var i = 0; i < counts.Count; i++)
        {
            var prior = Concentration * shares[i];
            log += SpecialFunctions.GammaLn(prior + counts[i]) - SpecialFunctions.GammaLn(prior) - (counts[i] * Math.Log(shares[i]));
            var expected = total * shares[i];
            chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return new SplitTest(Math.Min(1, Math.Exp(-log)), ChiSquared(chi, counts.Count - 1));
    }

    private static double ChiSquared(double statistic, int degrees) =>
        statistic <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, statistic / 2);
}
