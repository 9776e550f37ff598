using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>One step: all of the weight at once. What was live before stays warm, so that the way back is one swap.</summary>
internal sealed class BlueGreenPlan : IStrategyPlan
{
    public StrategyKind Kind => StrategyKind.BlueGreen;

    public IReadOnlyList<RolloutStep> Plan(PlanOrder order) =>
        [new RolloutStep([.. order.Services.Select(service => new StepShare { Service = service.Name, Weight = order.Weight })], order.LastHold)];
}
