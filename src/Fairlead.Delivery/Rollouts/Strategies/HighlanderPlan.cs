using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>One step: all at once. What else there was goes when the new server group has been well for a while.</summary>
internal sealed class HighlanderPlan : IStrategyPlan
{
    public StrategyKind Kind => StrategyKind.Highlander;

    public IReadOnlyList<RolloutStep> Plan(PlanOrder order) => order.Weight == Weight.All
        ? [new RolloutStep([.. order.Services.Select(service => new StepShare { Service = service.Name, Weight = Weight.All })], order.LastHold)]
        : throw FairleadException.Invalid($"The strategy 'highlander' takes all of the traffic, not '{order.Weight}': leave the weight out, or choose 'blue-green'.");
}
