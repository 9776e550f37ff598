namespace Fairlead.Domain.Identity;

/// <summary>What a signed link allows: one judgment, by one person, until a time.</summary>
/// <param name="Attempt">Of the stage; a stage that is begun again needs another link.</param>
/// <param name="User">The person who judges by it.</param>
public sealed record JudgmentLink(int Execution, string Stage, int Attempt, string User, DateTimeOffset ExpiresAt);
