using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts.Strategies;

/// <summary>A step for each batch of instances: new ones come, traffic follows them, old ones go. The traffic of a model moves by the batch's share.</summary>
internal sealed class RollingPlan : IStrategyPlan
{
    /// <summary>The pieces that a model's traffic moves in.</summary>
    private const int Pieces = 100;

    public StrategyKind Kind => StrategyKind.Rolling;

    public IReadOnlyList<RolloutStep> Plan(PlanOrder order)
    {
        if (order.Weight != Weight.All)
            throw FairleadException.Invalid($"A rolling deployment ends with all of the traffic, not '{order.Weight}': leave the weight out, or choose 'blue-green'.");
        if ((order.Strategy.Batch ?? Strategy.DefaultBatch).Value == 0)
            throw FairleadException.Invalid("A batch of '0' would never end: give at least 1, or 1%.");
        var lists = order.Services.Select(service => Shares(service, order).ToList()).ToList();
        var count = lists.Max(list => list.Count);
        return [.. Enumerable.Range(0, count).Select(i => new RolloutStep(
            [.. lists.Select(list => list[Math.Min(i, list.Count - 1)])],
            i == count - 1 ? order.LastHold : order.Strategy.Each))];
    }

    private static IEnumerable<StepShare> Shares(PlannedService service, PlanOrder order)
    {
        if (!service.HasStable)
            return [new StepShare { Service = service.Name, Weight = Weight.All }];
        return service is { Instances: { } instances, StableInstances: { } stable }
            ? OfInstances(service.Name, instances, stable, order)
            : OfTraffic(service.Name, order.Strategy.Batch ?? Strategy.DefaultBatch);
    }

    /// <summary>A model counts as one instance: a number takes it whole.</summary>
    private static IEnumerable<StepShare> OfTraffic(string service, Amount batch)
    {
        var each = batch.IsPercent ? batch.Of(Pieces) : Pieces;
        for (var done = each; ; done += each)
        {
            yield return new StepShare { Service = service, Weight = new Weight(Math.Min(done, Pieces) * (Weight.Whole / Pieces)) };
            if (done >= Pieces)
                yield break;
        }
    }

    private static IEnumerable<StepShare> OfInstances(string service, int wanted, int stable, PlanOrder order)
    {
        var strategy = order.Strategy;
        var batch = (strategy.Batch ?? Strategy.DefaultBatch).Of(wanted);
        var surge = strategy.Surge?.Of(wanted) ?? batch;
        var guarded = Math.Max(1, order.Guard?.Of(wanted) ?? 0);
        var unavailable = Math.Min(strategy.Unavailable.Of(wanted), wanted - guarded);
        var (old, done) = (stable, 0);
        while (done < wanted)
        {
            // Old ones go ahead of the new only as far as some may be missing; one at a time comes even where no room was given.
            old = Math.Min(old, Math.Max(0, wanted - unavailable - done));
            done = Math.Min(wanted, Math.Min(done + batch, Math.Max(done + 1, wanted + surge - old)));
            yield return new StepShare
            {
                Service = service,
                Weight = done == wanted ? Weight.All : ShareOf(done, old),
                Instances = done,
                StableInstances = old,
            };
        }
    }

    /// <summary>By instances, so that each has the same; both keep some.</summary>
    private static Weight ShareOf(int done, int old) =>
        new(old == 0 ? Weight.Whole : Math.Clamp((int)((long)Weight.Whole * done / (done + old)), 1, Weight.Whole - 1));
}
