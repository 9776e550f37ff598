namespace Fairlead.Domain.Deployments;

/// <summary>What a judge is asked.</summary>
/// <param name="Rollout">As it is now; its targets name the candidates and what they are compared with.</param>
/// <param name="Since">When the present step began to be watched.</param>
public sealed record RolloutQuestion(Rollout Rollout, DateTimeOffset Since, DateTimeOffset Until);
