using System.Collections.Frozen;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>Every strategy that is steps.</summary>
internal static class StrategyPlans
{
    private static readonly FrozenDictionary<StrategyKind, IStrategyPlan> ByKind =
        new IStrategyPlan[] { new BlueGreenPlan(), new HighlanderPlan(), new RollingPlan(), new CanaryPlan(), new ShadowPlan() }.ToFrozenDictionary(plan => plan.Kind);

    /// <exception cref="FairleadException">Invalid: the settings cannot be, or a pipeline does it.</exception>
    public static IReadOnlyList<RolloutStep> Plan(PlanOrder order) => ByKind.TryGetValue(order.Strategy.Kind, out var plan)
        ? plan.Plan(order)
        : throw FairleadException.Invalid($"The strategy '{order.Strategy.Kind.Word()}' is a pipeline: run it with 'fairlead pipeline run {order.Strategy.Pipeline}'.");
}
