namespace Fairlead.Statistics.Experiments;

/// <summary>The mean of one arm.</summary>
/// <param name="Variance">Of one unit.</param>
public readonly record struct ArmEstimate(long Units, double Mean, double Variance)
{
    /// <summary>Variance of the mean.</summary>
    public double MeanVariance => Variance / Units;

    public static ArmEstimate Of(UnitMoments moments) => new(moments.Units, moments.Ratio, moments.RatioVariance);
}
