using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>How one stage of an execution stands.</summary>
public sealed record StageState(string Name)
{
    public StageStatus Status { get; init; }

    /// <summary>0 before the first; no number is used twice, whatever is restarted.</summary>
    public int Attempt { get; init; }

    /// <summary>The attempt with which the present round of retries began.</summary>
    public int FirstAttempt { get; init; }

    /// <summary>Of the first attempt of the present round.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? AttemptStartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What runs now.</summary>
    public ActivityState? Activity { get; init; }

    /// <summary>What ended well in this attempt.</summary>
    public IReadOnlyList<ActivityRecord> Done { get; init; } = [];

    /// <summary>Kept over attempts and restarts.</summary>
    public IReadOnlyList<StageSignal> Signals { get; init; } = [];

    /// <summary>When the stage looks at itself again; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the attempt is ended.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>What it waits for, for people; null for nothing.</summary>
    public string? Note { get; init; }

    public JsonElement? Output { get; init; }

    public string? Error { get; init; }

    public UndoState? Undo { get; init; }

    public bool IsSettled => Status is StageStatus.Succeeded or StageStatus.Failed or StageStatus.Skipped or StageStatus.Cancelled;

    /// <summary>True when an attempt is under way.</summary>
    public bool IsActive => Status is StageStatus.Running or StageStatus.Judging or StageStatus.Retrying;

    public ActivityRecord? Find(string activity) => Done.FirstOrDefault(record => record.Name == activity);
}
