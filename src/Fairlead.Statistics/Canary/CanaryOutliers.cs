namespace Fairlead.Statistics.Canary;

/// <summary>What is done with outliers, per side, after missing points were treated.</summary>
/// <param name="Strategy">Keep is the default.</param>
/// <param name="OutlierFactor">Multiple of the distance of the quartiles, above 0.</param>
public sealed record CanaryOutliers(CanaryOutlierStrategy Strategy = CanaryOutlierStrategy.Keep, double OutlierFactor = CanaryOutliers.UsualFactor)
{
    public const double UsualFactor = 3.0;
}
