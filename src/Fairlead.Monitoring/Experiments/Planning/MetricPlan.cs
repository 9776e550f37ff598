namespace Fairlead.Monitoring.Experiments.Planning;

/// <summary>What the experiment can find out about one primary metric, judged by its history.</summary>
public sealed record MetricPlan
{
    public required string Metric { get; init; }

    /// <summary>Units of the history that have a value.</summary>
    public required long Units { get; init; }

    public required double Mean { get; init; }

    /// <summary>Of one unit.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Units of all arms together with which one look at a fixed time finds the minimum effect; null without one.</summary>
    public double? FixedUnits { get; init; }

    /// <summary>Units of all arms together by which the always-valid test has found the minimum effect.</summary>
    public double? SequentialUnits { get; init; }

    public double? FixedDays { get; init; }

    public double? SequentialDays { get; init; }

    /// <summary>Share of the mean that one look at the end of the planned duration finds; null when the mean is 0 or nothing is known of the units to come.</summary>
    public double? FixedEffect { get; init; }

    /// <summary>Share of the mean that the always-valid test finds within the planned duration.</summary>
    public double? SequentialEffect { get; init; }
}
