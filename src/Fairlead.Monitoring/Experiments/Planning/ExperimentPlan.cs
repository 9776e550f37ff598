namespace Fairlead.Monitoring.Experiments.Planning;

/// <summary>What was known before the start: how many units will come, and what can be found with them.</summary>
public sealed record ExperimentPlan
{
    /// <summary>Days of history that it is based on; 0 when there is none.</summary>
    public required double HistoryDays { get; init; }

    /// <summary>Units that were seen in that time.</summary>
    public required long HistoryUnits { get; init; }

    public required double UnitsPerDay { get; init; }

    /// <summary>Share of the predictions of that time that name no unit and cannot take part.</summary>
    public required double WithoutUnit { get; init; }

    /// <summary>Units of all arms at which the intervals are narrowest, fixed from now on.</summary>
    public required double PlannedUnits { get; init; }

    /// <summary>For each primary metric with a history.</summary>
    public required IReadOnlyList<MetricPlan> Metrics { get; init; }

    /// <summary>What a person should think about before the start, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get => field ?? []; init; }
}
