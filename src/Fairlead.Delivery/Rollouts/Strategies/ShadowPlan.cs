using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>One step without traffic: copies of requests only, watched for as long as there is something to be judged.</summary>
internal sealed class ShadowPlan : IStrategyPlan
{
    public StrategyKind Kind => StrategyKind.Shadow;

    public IReadOnlyList<RolloutStep> Plan(PlanOrder order) => order.Strategy.Mirror == Weight.None
        ? throw FairleadException.Invalid("The strategy 'shadow' needs a share of copies: give one above 0%, such as '--mirror 100%'.")
        : [new RolloutStep([.. order.Services.Select(service => new StepShare { Service = service.Name, Weight = Weight.None })], order.Strategy.Analyse.Count > 0 ? order.Strategy.Each : TimeSpan.Zero)];
}
