using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries;

/// <summary>A verdict had again from the points that were kept.</summary>
/// <param name="IsSame">True when it is the one that was given then, to the last digit.</param>
public sealed record CanaryCheck(int Number, bool IsSame, CanaryVerdict Verdict);
