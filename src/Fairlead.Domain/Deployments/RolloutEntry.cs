namespace Fairlead.Domain.Deployments;

/// <summary>One thing that happened in a rollout.</summary>
/// <param name="Message">One sentence for people.</param>
/// <param name="Weight">Of the candidate from then on; null when that did not change.</param>
public sealed record RolloutEntry(DateTimeOffset At, string Message, Weight? Weight);
