namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>What lists show of an execution.</summary>
public sealed record ExecutionSummary
{
    public required int Number { get; init; }

    public required string Pipeline { get; init; }

    public required ExecutionStatus Status { get; init; }

    public bool IsPaused { get; init; }

    public required ExecutionCause Cause { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Reason { get; init; }

    /// <summary>Names of the stages that are under way.</summary>
    public IReadOnlyList<string> Active { get; init; } = [];

    /// <summary>Names of the stages that wait for people.</summary>
    public IReadOnlyList<string> Judging { get; init; } = [];

    public int Stages { get; init; }

    public int Settled { get; init; }

    /// <summary>Which activity gave no sign of life for long; null when none.</summary>
    public string? Stalled { get; init; }

    public static ExecutionSummary Of(int number, ExecutionPlan plan, ExecutionState state) => new()
    {
        Number = number,
        Pipeline = plan.Pipeline,
        Status = state.Status,
        IsPaused = state.IsPaused,
        Cause = plan.Cause,
        CreatedAt = plan.CreatedAt,
        StartedAt = state.StartedAt,
        FinishedAt = state.FinishedAt,
        Reason = state.Reason,
        Active = [.. state.Stages.Where(stage => stage.IsActive).Select(stage => stage.Name)],
        Judging = [.. state.Stages.Where(stage => stage.Status == StageStatus.Judging).Select(stage => stage.Name)],
        Stages = state.Stages.Count,
        Settled = state.Stages.Count(stage => stage.IsSettled),
    };
}
