namespace Fairlead.Domain.Deployments;

/// <summary>One step of a rollout.</summary>
/// <param name="Shares">One for each service.</param>
/// <param name="Hold">How long it is watched before the next.</param>
public sealed record RolloutStep(IReadOnlyList<StepShare> Shares, TimeSpan Hold);
