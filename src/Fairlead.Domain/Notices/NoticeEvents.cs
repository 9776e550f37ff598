using System.Collections.Frozen;

namespace Fairlead.Domain.Notices;

/// <summary>What people can be told of, by the words that the project file uses.</summary>
public static class NoticeEvents
{
    public const string ExecutionStarted = "execution.started";
    public const string ExecutionSucceeded = "execution.succeeded";
    public const string ExecutionFailed = "execution.failed";
    public const string ExecutionCancelled = "execution.cancelled";
    public const string ExecutionStuck = "execution.stuck";
    public const string StageFailed = "stage.failed";

    /// <summary>What a stage of the kind <c>notify</c> says.</summary>
    public const string StageMessage = "stage.message";
    public const string JudgmentWaiting = "judgment.waiting";
    public const string JudgmentEscalated = "judgment.escalated";
    public const string JudgmentDecided = "judgment.decided";
    public const string RolloutStarted = "rollout.started";
    public const string RolloutStep = "rollout.step";
    public const string RolloutSucceeded = "rollout.succeeded";
    public const string RolloutFailed = "rollout.failed";
    public const string RolloutAborted = "rollout.aborted";
    public const string RolloutRolledBack = "rollout.rolled-back";
    public const string AlertFiring = "alert.firing";
    public const string AlertResolved = "alert.resolved";
    public const string FreezeBegun = "freeze.begun";
    public const string FreezeEnded = "freeze.ended";
    public const string AdminChanged = "admin.changed";

    /// <summary>Somebody tries a channel; no rule asks for it.</summary>
    public const string Test = "test";

    private const string Any = ".*";

    private static readonly FrozenDictionary<string, NoticeLevel> Levels = new Dictionary<string, NoticeLevel>(StringComparer.Ordinal)
    {
        [ExecutionStarted] = NoticeLevel.Info,
        [ExecutionSucceeded] = NoticeLevel.Good,
        [ExecutionFailed] = NoticeLevel.Bad,
        [ExecutionCancelled] = NoticeLevel.Warn,
        [ExecutionStuck] = NoticeLevel.Bad,
        [StageFailed] = NoticeLevel.Bad,
        [StageMessage] = NoticeLevel.Info,
        [JudgmentWaiting] = NoticeLevel.Warn,
        [JudgmentEscalated] = NoticeLevel.Warn,
        [JudgmentDecided] = NoticeLevel.Info,
        [RolloutStarted] = NoticeLevel.Info,
        [RolloutStep] = NoticeLevel.Info,
        [RolloutSucceeded] = NoticeLevel.Good,
        [RolloutFailed] = NoticeLevel.Bad,
        [RolloutAborted] = NoticeLevel.Warn,
        [RolloutRolledBack] = NoticeLevel.Warn,
        [AlertFiring] = NoticeLevel.Bad,
        [AlertResolved] = NoticeLevel.Good,
        [FreezeBegun] = NoticeLevel.Info,
        [FreezeEnded] = NoticeLevel.Info,
        [AdminChanged] = NoticeLevel.Info,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What rules can ask for: each event, and each family as <c>execution.*</c>.</summary>
    public static readonly IReadOnlyList<string> Words = [.. Levels.Keys.Select(word => word[..word.IndexOf('.', StringComparison.Ordinal)] + Any).Concat(Levels.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What every channel is told of when the project file has no rules.</summary>
    public static readonly IReadOnlyList<string> Usual =
        [ExecutionFailed, ExecutionStuck, StageMessage, JudgmentWaiting, JudgmentEscalated, RolloutFailed, RolloutAborted, RolloutRolledBack, AlertFiring, AlertResolved];

    public static NoticeLevel LevelOf(string word) => Levels.GetValueOrDefault(word, NoticeLevel.Info);

    /// <param name="wanted">A word of a rule.</param>
    public static bool Matches(string wanted, string word) =>
        wanted == word || (wanted.EndsWith(Any, StringComparison.Ordinal) && word.StartsWith(wanted.AsSpan(0, wanted.Length - 1), StringComparison.Ordinal));
}
