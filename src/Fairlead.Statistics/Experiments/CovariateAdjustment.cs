namespace Fairlead.Statistics.Experiments;

/// <summary>
/// CUPED (Deng, Xu, Kohavi and Walker 2013): what a covariate from before the experiment explains of the metric is taken out of it. The expectation of the
/// difference between arms stays what it was, and its variance falls by the square of their correlation.
/// </summary>
/// <param name="Theta">Slope of the metric on the covariate, pooled within the arms; 0 without a covariate.</param>
/// <param name="VarianceReduction">Share of the variance that is gone, 0 to 1.</param>
public sealed record CovariateAdjustment(double Theta, double VarianceReduction, IReadOnlyList<ArmEstimate> Arms)
{
    public static CovariateAdjustment Of(IReadOnlyList<UnitMoments> arms)
    {
        var variation = arms.Sum(arm => Degrees(arm) * arm.CovariateVariance);
        var raw = arms.Select(ArmEstimate.Of).ToList();
        var units = arms.Sum(arm => arm.Units);
        if (!(variation > 0) || units == 0)
            return new CovariateAdjustment(0, 0, raw);
        var theta = arms.Sum(arm => arm.Units == 0 ? 0 : Degrees(arm) * arm.RatioCovariate) / variation;
        var center = arms.Sum(arm => arm.Units * arm.Covariate) / units;
        var adjusted = arms.Select((arm, i) => arm.Units == 0 ? raw[i] : Adjust(arm, theta, center)).ToList();
        var before = arms.Select((arm, i) => arm.Units == 0 ? 0 : Degrees(arm) * raw[i].Variance).Sum();
        var after = arms.Select((arm, i) => arm.Units == 0 ? 0 : Degrees(arm) * adjusted[i].Variance).Sum();
        return new CovariateAdjustment(theta, before > 0 ? Math.Clamp(1 - (after / before), 0, 1) : 0, adjusted);
    }

    private static ArmEstimate Adjust(UnitMoments arm, double theta, double center) => new(
        arm.Units,
        arm.Ratio - (theta * (arm.Covariate - center)),
        Math.Max(0, arm.RatioVariance - (2 * theta * arm.RatioCovariate) + (theta * theta * arm.CovariateVariance)));

    private static double Degrees(UnitMoments arm) => Math.Max(0, arm.Units - 1);
}
