namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>How an execution stands; every change of it comes from one event.</summary>
public sealed record ExecutionState
{
    public required ExecutionStatus Status { get; init; }

    /// <summary>Nothing begins until it is resumed; what runs goes on.</summary>
    public bool IsPaused { get; init; }

    /// <summary>In the order of the plan.</summary>
    public required IReadOnlyList<StageState> Stages { get; init; }

    /// <summary>Of its last event: time does not run backwards for an execution.</summary>
    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed or was ended; a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>True from the first failure that stops it on.</summary>
    public bool IsStopping { get; init; }

    public bool IsEnded => Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Cancelled;

    public StageState? Find(string stage) => Stages.FirstOrDefault(candidate => candidate.Name == stage);
}
