namespace Fairlead.Domain.Pipelines.Judgments;

/// <summary>Who may judge what is about an environment, as the project file said when the execution was planned.</summary>
/// <param name="Judges">Names of people, <c>role:NAME</c> and <c>group:NAME</c>; empty sets no limit.</param>
/// <param name="OwnRelease">False when nobody may judge what they made, wrote or began themselves.</param>
public sealed record JudgmentRule(IReadOnlyList<string> Judges, bool OwnRelease);
