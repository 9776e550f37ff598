using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>What a rollout's steps are made from.</summary>
/// <param name="Weight">What the candidates have in the end.</param>
/// <param name="Guard">Instances that must be in server groups that take traffic, always; null for none.</param>
internal sealed record PlanOrder(Strategy Strategy, Weight Weight, HealthRule Health, Amount? Guard, IReadOnlyList<PlannedService> Services)
{
    /// <summary>How long the last step is watched: only with something to go back to.</summary>
    public TimeSpan LastHold => Services.Any(service => service.HasStable) ? Health.For : TimeSpan.Zero;
}
