namespace Fairlead.Statistics.Canary;

/// <summary>How one metric is judged.</summary>
/// <param name="Direction">Which change is bad.</param>
/// <param name="Critical">The metric alone fails the canary.</param>
/// <param name="Muted">Judged and reported, not scored.</param>
/// <param name="MustHaveData">Unset: no data is no good result. False: a metric that is silent on both sides is left out. True: no data is a failure.</param>
/// <param name="MinPoints">Points that each side needs; never fewer than the test needs.</param>
public sealed record CanaryAnalysis(
    CanaryDirection Direction = CanaryDirection.Either,
    bool Critical = false,
    bool Muted = false,
    bool? MustHaveData = null,
    int MinPoints = 0,
    CanaryNanStrategy NanStrategy = CanaryNanStrategy.Remove,
    CanaryOutliers? Outliers = null,
    CanaryEffectSize? EffectSize = null);
