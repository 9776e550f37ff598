namespace Fairlead.Statistics.Canary;

/// <summary>What the judge may be told; the judge that is compatible with Kayenta has these numbers built in, as the original has.</summary>
/// <param name="Confidence">1 less the share of canaries without any change in which a metric, or any of the critical metrics, is called changed; above 0.5, below 1.</param>
/// <param name="Tolerance">The interval must lie beyond this share of the estimate; 0 to below 1.</param>
public sealed record CanaryJudgeSettings(double Confidence = CanaryJudgeSettings.UsualConfidence, double Tolerance = CanaryJudgeSettings.UsualTolerance)
{
    public const double UsualConfidence = 0.98;
    public const double UsualTolerance = 0.25;
}
