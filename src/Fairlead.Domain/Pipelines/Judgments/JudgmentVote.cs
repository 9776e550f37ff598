namespace Fairlead.Domain.Pipelines.Judgments;

/// <summary>What one person said; kept whatever came of it.</summary>
/// <param name="Via">By what way: <c>api</c>, <c>cli</c>, <c>page</c>, <c>link</c>; null for those that were given before it was recorded.</param>
/// <param name="Counts">False for what was said in an earlier attempt, or was said anew by the same person.</param>
public sealed record JudgmentVote(string By, DateTimeOffset At, string Choice, string? Comment, string? Via, bool Counts);
