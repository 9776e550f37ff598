using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>A step for each weight, with time for judgment between them.</summary>
internal sealed class CanaryPlan : IStrategyPlan
{
    public StrategyKind Kind => StrategyKind.Canary;

    public IReadOnlyList<RolloutStep> Plan(PlanOrder order)
    {
        var weights = order.Strategy.Traffic.Count == 0 ? Strategy.DefaultTraffic : order.Strategy.Traffic;
        Require(weights, order.Weight);

        // With nobody to compare with, there is nothing to wait for.
        if (!order.Services.Any(service => service.HasStable))
            weights = [Weight.All];
        return [.. weights.Select((weight, i) => new RolloutStep(
            [.. order.Services.Select(service => Share(service, weight, order.Strategy.Baseline))],
            i == weights.Count - 1 ? order.LastHold : order.Strategy.Each))];
    }

    /// <summary>The baseline has as much as the candidate, as long as there is as much to have.</summary>
    private static StepShare Share(PlannedService service, Weight weight, bool hasBaseline) => new()
    {
        Service = service.Name,
        Weight = service.HasStable ? weight : Weight.All,
        Baseline = hasBaseline && service.HasStable ? new Weight(Math.Min(weight.Hundredths, Weight.Whole - weight.Hundredths)) : Weight.None,
    };

    private static void Require(IReadOnlyList<Weight> weights, Weight ordered)
    {
        var text = string.Join(", ", weights);
        if (weights[0] == Weight.None || weights.Zip(weights.Skip(1)).Any(pair => pair.First.Hundredths >= pair.Second.Hundredths))
            throw FairleadException.Invalid($"The canary's weights '{text}' do not rise: give weights such as '5%, 25%, 100%'.");
        if (weights[^1] != Weight.All)
            throw FairleadException.Invalid($"The canary's weights '{text}' do not end at 100%: add it, so that the rollout can end.");
        if (ordered != Weight.All)
            throw FairleadException.Invalid($"A canary ends with all of the traffic, not '{ordered}': leave the weight out, or choose 'blue-green'.");
    }
}
