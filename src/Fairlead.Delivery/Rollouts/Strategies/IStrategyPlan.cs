using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>One kind of strategy: makes the steps of a rollout.</summary>
internal interface IStrategyPlan
{
    StrategyKind Kind { get; }

    /// <summary>At least one step; the last one is what was ordered.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: the strategy's settings cannot be.</exception>
    IReadOnlyList<RolloutStep> Plan(PlanOrder order);
}
