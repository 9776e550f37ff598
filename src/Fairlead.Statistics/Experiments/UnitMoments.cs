namespace Fairlead.Statistics.Experiments;

/// <summary>
/// What is known of the units of one arm: each has a numerator, a denominator (1 for a plain mean) and a covariate from before the experiment (0 without one).
/// Variances and covariances are those of a sample, by the number of units less one.
/// </summary>
public sealed record UnitMoments
{
    /// <summary>At least 0; with less than two the variances are 0.</summary>
    public required long Units { get; init; }

    public required double Numerator { get; init; }

    /// <summary>Mean; above or below 0 when there are units.</summary>
    public double Denominator { get; init; } = 1;

    public required double NumeratorVariance { get; init; }

    public double DenominatorVariance { get; init; }

    public double Covariance { get; init; }

    public double Covariate { get; init; }

    public double CovariateVariance { get; init; }

    /// <summary>Covariance of numerator and covariate.</summary>
    public double NumeratorCovariate { get; init; }

    /// <summary>Covariance of denominator and covariate.</summary>
    public double DenominatorCovariate { get; init; }

    /// <summary>The sum of the numerators over that of the denominators.</summary>
    public double Ratio => Numerator / Denominator;

    /// <summary>Variance of a unit's share in the ratio (delta method): of (numerator - ratio x denominator) / mean denominator.</summary>
    public double RatioVariance =>
        Math.Max(0, (NumeratorVariance - (2 * Ratio * Covariance) + (Ratio * Ratio * DenominatorVariance)) / (Denominator * Denominator));

    /// <summary>Covariance of a unit's share in the ratio and its covariate.</summary>
    public double RatioCovariate => (NumeratorCovariate - (Ratio * DenominatorCovariate)) / Denominator;
}
