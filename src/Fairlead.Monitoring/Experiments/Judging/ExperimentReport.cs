namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>How an experiment stands.</summary>
public sealed record ExperimentReport
{
    public required DateTimeOffset At { get; init; }

    public required SplitReport Split { get; init; }

    /// <summary>Units that were seen in more than one arm and count in none.</summary>
    public required long Crossed { get; init; }

    /// <summary>Predictions of the service's clients since the start.</summary>
    public required long Predictions { get; init; }

    /// <summary>Of those, the ones without a unit; they take no part.</summary>
    public required long WithoutUnit { get; init; }

    /// <summary>Of those, the ones whose client named the version; they take no part.</summary>
    public required long Unassigned { get; init; }

    public required IReadOnlyList<MetricReport> Metrics { get; init; }

    /// <summary>What keeps the numbers from being trusted, one sentence each.</summary>
    public IReadOnlyList<string> Alarms { get => field ?? []; init; }
}
