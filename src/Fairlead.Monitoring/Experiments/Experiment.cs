using Fairlead.Domain.Deployments;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Planning;

namespace Fairlead.Monitoring.Experiments;

/// <summary>A comparison of server groups on units that were assigned to them by chance.</summary>
public sealed record Experiment
{
    /// <summary>Never used twice: the assignment of units depends on it.</summary>
    public required string Name { get; init; }

    public required ExperimentStatus Status { get; init; }

    public required ExperimentDesign Design { get; init; }

    public required ExperimentPlan Plan { get; init; }

    /// <summary>From when on units were assigned to its arms.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required string StartedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    /// <summary>Where the traffic went at its end.</summary>
    public ServerGroupName? Kept { get; init; }

    /// <summary>Why it was aborted.</summary>
    public string? Reason { get; init; }

    /// <summary>What was concluded from it.</summary>
    public string? Decision { get; init; }

    public DateTimeOffset? ConcludedAt { get; init; }

    /// <summary>Null before the first.</summary>
    public ExperimentReport? Report { get; init; }

    /// <summary>Earlier reports in short, oldest first, about one an hour.</summary>
    public IReadOnlyList<ExperimentPoint> History { get => field ?? []; init; }
}
