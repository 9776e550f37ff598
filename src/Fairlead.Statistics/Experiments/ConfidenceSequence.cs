namespace Fairlead.Statistics.Experiments;

/// <summary>
/// Asymptotic confidence sequences (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences",
/// 2024): intervals that hold at all times at once, so that one may look whenever one likes and stop when one has seen enough. The price is their width, which
/// is least near a number of units of one's choice. Two-sided they are the inversion of the mixture sequential probability ratio test.
/// </summary>
/// <param name="Rho">Spread of the normal mixture; fixed before the first look.</param>
public readonly record struct ConfidenceSequence(double Rho)
{
    /// <summary>The sequence that is narrowest about that many units, at that level.</summary>
    /// <param name="units">Of both arms together.</param>
    /// <param name="alpha">Two-sided, 0 to 1, both exclusive.</param>
    public static ConfidenceSequence Planned(double units, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        return new ConfidenceSequence(Math.Sqrt(PlannedSpread(alpha) / units));
    }

    /// <summary>Holds at all times at once with probability 1 - <paramref name="alpha"/>.</summary>
    public Interval Around(Contrast contrast, double alpha)
    {
        var half = contrast.StandardError * Width(contrast.Units, alpha);
        return new Interval(contrast.Estimate - half, contrast.Estimate + half);
    }

    /// <summary>The lower end of a one-sided sequence: what it estimates is at least that, at all times at once.</summary>
    public double Lower(Contrast contrast, double alpha) => contrast.Estimate - (contrast.StandardError * OneSidedWidth(contrast.Units, alpha));

    /// <inheritdoc cref="Lower"/>
    public double Upper(Contrast contrast, double alpha) => contrast.Estimate + (contrast.StandardError * OneSidedWidth(contrast.Units, alpha));

    /// <summary>Always valid: the least alpha at which the interval leaves 0 out. Looked at again and again, the least of all looks counts.</summary>
    public double PValue(Contrast contrast)
    {
        var spread = contrast.Units * Rho * Rho;
        var z = contrast.Z;
        return Math.Min(1, Math.Exp((0.5 * Math.Log(spread + 1)) - (z * z * spread / (2 * (spread + 1)))));
    }

    /// <summary>Half the width of the two-sided interval, in standard errors.</summary>
    public double Width(double units, double alpha) => WidthAt(units * Rho * Rho, alpha);

    internal static double PlannedSpread(double alpha) => (-2 * Math.Log(alpha)) + Math.Log((-2 * Math.Log(alpha)) + 1);

    internal static double WidthAt(double spread, double alpha) =>
        Math.Sqrt(2 * (spread + 1) / spread * Math.Log(Math.Sqrt(spread + 1) / alpha));

    private double OneSidedWidth(double units, double alpha)
    {
        var spread = units * Rho * Rho;
        return Math.Sqrt(2 * (spread + 1) / spread * Math.Log(1 + (Math.Sqrt(spread + 1) / (2 * alpha))));
    }
}
