using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Domain.Pipelines.Judgments;

/// <summary>A judgment as a judge sees it: what is asked, of whom, on what evidence, and what was said so far.</summary>
public sealed record JudgmentQuestion
{
    public required int Execution { get; init; }

    public required string Pipeline { get; init; }

    public required string Stage { get; init; }

    public required int Attempt { get; init; }

    public required StageStatus Status { get; init; }

    public required string Question { get; init; }

    /// <summary>The environment that it is about; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The release that would go there; null when no stage before made one.</summary>
    public string? Release { get; init; }

    /// <summary>With <c>reject</c> at the end.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    public bool NeedsComment { get; init; }

    /// <summary>Who may judge, as the stage and the environment say; empty for everybody with the role of a judge.</summary>
    public IReadOnlyList<string> Judges { get; init; } = [];

    /// <summary>How many people must choose the same.</summary>
    public int Needed { get; init; } = 1;

    public IReadOnlyList<JudgmentVote> Votes { get; init; } = [];

    /// <summary>When the evidence was there; null before.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Null for none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When further judges are asked, or were; null for never.</summary>
    public DateTimeOffset? EscalatesAt { get; init; }

    public bool IsEscalated { get; init; }

    public IReadOnlyList<EvidenceSection> Evidence { get; init; } = [];

    /// <summary>What was decided, or why the stage failed; null while nothing is.</summary>
    public string? Decision { get; init; }

    /// <summary>It waits for people.</summary>
    public bool IsOpen => Status == StageStatus.Judging;
}
