using System.Text.Json.Serialization;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Deployments;

/// <summary>A release on its way into an environment, or the way back: recorded before each thing that it does, so that it goes on wherever it was interrupted.</summary>
public sealed record Rollout
{
    public required int Number { get; init; }

    /// <summary>Makes starting it twice start it once.</summary>
    public required string Key { get; init; }

    public required RolloutKind Kind { get; init; }

    public required string Environment { get; init; }

    public required ReleaseName Release { get; init; }

    public required Strategy Strategy { get; init; }

    public HealthRule Health { get => field ?? HealthRule.Default; init; }

    public required IReadOnlyList<RolloutTarget> Targets { get; init; }

    public required IReadOnlyList<RolloutStep> Steps { get; init; }

    public required RolloutPhase Phase { get; init; }

    /// <summary>Index of the present step.</summary>
    public int Step { get; init; }

    /// <summary>What the phase does has been done; what is left is to wait.</summary>
    public bool IsApplied { get; init; }

    /// <summary>How often what the phase does has failed for no reason of the rollout's.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the present step has been watched; time in which nobody watched does not count.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>How long in a row it has not been well.</summary>
    public TimeSpan Unwell { get; init; }

    /// <summary>Instances that took requests when they were counted last, while more are awaited.</summary>
    public int Ready { get; init; }

    /// <summary>How long instances may come without progress.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>A judge is to be asked at each step but the last, and about a shadow.</summary>
    public bool IsJudged { get; init; }

    /// <summary>What the judge looks at; null without one.</summary>
    public AnalysisPlan? Analysis { get; init; }

    /// <summary>When the clocks above were last read.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>The analysis lets the present step pass.</summary>
    public bool IsCleared { get; init; }

    /// <summary>The analysis is asked again when the step was watched for so long.</summary>
    public TimeSpan AskAfter { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>What it waits for, or why it is paused or goes back; one sentence.</summary>
    public string? Note { get; init; }

    /// <summary>Who wants it ended; null when nobody does.</summary>
    public string? AbortedBy { get; init; }

    public RolloutOutcome? Outcome { get; init; }

    /// <summary>Why it ended as it did, one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The kind of its failure.</summary>
    public ProblemKind? Problem { get; init; }

    /// <summary>Why it was begun though its environment was closed; null when that was open.</summary>
    public string? Override { get; init; }

    /// <summary>What a rollback took back, one phrase.</summary>
    public string? Undoes { get; init; }

    /// <summary>Version of the desired state that it published last; 0 before the first.</summary>
    public long Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string StartedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rises with every change that is recorded.</summary>
    public long Revision { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RolloutEntry> History { get => field ?? []; init; }

    [JsonIgnore]
    public bool IsEnded => Phase == RolloutPhase.Ended;

    [JsonIgnore]
    public bool IsLastStep => Step >= Steps.Count - 1;

    /// <summary>The release has what was ordered; its health may still be watched.</summary>
    [JsonIgnore]
    public bool IsLive => IsLastStep && !MustBeJudged && (Phase is RolloutPhase.Holding or RolloutPhase.Finishing || Outcome == RolloutOutcome.Succeeded);

    /// <summary>The judge has still to let the present step pass. The last one is what was ordered, and not judged, unless nobody sees its answers.</summary>
    [JsonIgnore]
    public bool MustBeJudged => IsJudged && !IsCleared && !IsEnded && (!IsLastStep || Strategy.Kind == StrategyKind.Shadow);

    /// <summary>It has come to where the caller of a deployment need not wait any more.</summary>
    [JsonIgnore]
    public bool IsSettled => IsEnded || IsLive;

    /// <summary>A phrase for people, such as <c>canary of release v003 in 'prod'</c>.</summary>
    public string Describe() => Kind == RolloutKind.Rollback
        ? $"rollback of '{Environment}' to release {Release}"
        : $"{Strategy.Kind.Word()} deployment of release {Release} to '{Environment}'";
}
