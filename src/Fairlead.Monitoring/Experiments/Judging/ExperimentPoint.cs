using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>One comparison at one time.</summary>
/// <param name="Units">Of both arms, with a value.</param>
/// <param name="Estimate">The lift, or the difference where there is no lift.</param>
public sealed record ExperimentPoint(
    DateTimeOffset At, string Metric, ServerGroupName Treatment, long Units, double? Estimate, double? Low, double? High, double PValue);
