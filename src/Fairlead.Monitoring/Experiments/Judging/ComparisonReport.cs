using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>A treatment against the control in one metric. Bounds are null where nothing can be said.</summary>
public sealed record ComparisonReport
{
    public required ServerGroupName Treatment { get; init; }

    /// <summary>Treatment less control.</summary>
    public double? Difference { get; init; }

    /// <summary>Always-valid interval of the difference.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>The difference as a share of the control; null when the control is not clearly different from 0.</summary>
    public double? Lift { get; init; }

    /// <summary>Always-valid interval of the lift.</summary>
    public double? LiftLow { get; init; }

    public double? LiftHigh { get; init; }

    /// <summary>Always-valid, the least of all reports so far; for a guardrail without correction as for the others, two-sided against no difference.</summary>
    public required double PValue { get; init; }

    /// <summary>Interval of Welch's t-test: right only if this is the one look that was planned.</summary>
    public double? FixedLow { get; init; }

    public double? FixedHigh { get; init; }

    public double? FixedPValue { get; init; }

    /// <summary>One-sided always-valid bounds of how far the treatment is beyond a guardrail's limit, in the metric's unit; below 0 is within.</summary>
    public double? ExcessLow { get; init; }

    public double? ExcessHigh { get; init; }

    public required MetricVerdict Verdict { get; init; }
}
