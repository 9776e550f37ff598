using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What the actions of a rollout do to the recorded server groups of one service: pure functions from all of them to those that change. Doing one twice changes nothing.</summary>
internal static class StepRules
{
    /// <summary>The instances of a step.</summary>
    public static IReadOnlyList<ServerGroup> Scale(IReadOnlyList<ServerGroup> groups, RolloutTarget target, StepShare share)
    {
        // What takes the traffic is never left without an instance.
        var stable = share.StableInstances is { } count && groups.Any(group => group.Name == target.Stable && group.Weight != Weight.None) ? Math.Max(1, count) : share.StableInstances;
        return
        [
            .. Resize(groups, target.Candidate, share.Instances),
            .. Resize(groups, target.Stable, stable),
        ];
    }

    /// <summary>The shares of a step.</summary>
    public static IReadOnlyList<ServerGroup> Shift(IReadOnlyList<ServerGroup> groups, Rollout rollout, RolloutTarget target, StepShare share, Change change)
    {
        if (target.Candidate is not { } candidate)
            throw new InvalidOperationException($"Rollout {rollout.Number} has no server group for '{target.Service}' yet.");
        if (rollout.Kind == RolloutKind.Rollback)
            return Drop(groups, candidate, TrafficRules.GoTo(groups, candidate, change));
        if (rollout.Strategy.Kind == StrategyKind.Shadow)
            return TrafficRules.Mirror(groups, candidate, rollout.Strategy.Mirror, change);
        if (target.Baseline is null)
            return Enable(groups, target, candidate, share, change);
        TrafficRules.RequireNoExperiment(groups);
        var rest = Weight.Whole - share.Weight.Hundredths - share.Baseline.Hundredths;
        var weights = Rest(target, rest);
        weights[candidate] = share.Weight;
        if (share.Baseline != Weight.None)
            weights[target.Baseline.Value] = share.Baseline;
        return TrafficRules.Assign(groups, weights, change);
    }

    /// <summary>What led before has the instances that it had.</summary>
    public static IReadOnlyList<ServerGroup> Restore(IReadOnlyList<ServerGroup> groups, RolloutTarget target) =>
        [.. target.Before.SelectMany(share => Resize(groups, share.ServerGroup, share.Instances))];

    /// <summary>Everything as it was when the rollout began, without what it made. A service that had nothing keeps what took its traffic.</summary>
    public static IReadOnlyList<ServerGroup> Return(IReadOnlyList<ServerGroup> groups, Rollout rollout, RolloutTarget target, Change change)
    {
        var reason = rollout.Reason ?? "The rollout was ended.";
        var now = groups.ToDictionary(group => group.Name);
        var before = target.Before.Where(share => now.GetValueOrDefault(share.ServerGroup) is { Status: ServerGroupStatus.Enabled or ServerGroupStatus.Disabled }).ToList();
        var hasMoved = before.Exists(share => now[share.ServerGroup].Weight != share.Weight);
        if (before.Count > 0 && hasMoved)
        {
            var whole = before.Sum(share => share.Weight.Hundredths);
            var shares = whole == Weight.Whole ? [.. before.Select(share => share.Weight)] : TrafficShares.Split(Weight.Whole, [.. before.Select(share => share.Weight)]);
            var weights = before.Select((share, i) => (share.ServerGroup, Weight: shares[i])).ToDictionary(pair => pair.ServerGroup, pair => pair.Weight);
            foreach (var group in TrafficRules.Assign(groups, weights, change))
                now[group.Name] = weights.ContainsKey(group.Name) ? group with { Previous = now[group.Name].Previous } : group;
        }

        foreach (var share in before)
            now[share.ServerGroup] = now[share.ServerGroup] with { Instances = share.Instances ?? now[share.ServerGroup].Instances };
        foreach (var group in now.Values.Where(group => IsMade(group, rollout, target)).ToList())
            now[group.Name] = TakeAway(group, reason);
        if (target is { IsNew: false, Candidate: { } warm } && rollout.Strategy.Kind == StrategyKind.Shadow && now.TryGetValue(warm, out var shadow))
            now[warm] = shadow with { Mirror = Weight.None };
        return [.. groups.Where(group => now[group.Name] != group).Select(group => now[group.Name])];
    }

    /// <summary>The baseline goes; with a rolling deployment what it emptied; with highlander all that is not live.</summary>
    public static IReadOnlyList<ServerGroup> Finish(IReadOnlyList<ServerGroup> groups, Rollout rollout, RolloutTarget target)
    {
        var isAlone = rollout.Strategy.Kind == StrategyKind.Highlander && rollout.Kind == RolloutKind.Deployment;
        var wasEmptied = rollout.Steps.Any(step => step.Shares.Any(share => share.Service == target.Service && share.StableInstances is not null));
        return [.. groups
            .Where(group => group.Status == ServerGroupStatus.Disabled && group.Mirror == Weight.None && group.Name != target.Candidate
                && (isAlone || group.Name == target.Baseline || (wasEmptied && group.Name == target.Stable)))
            .Select(group => group with { Status = ServerGroupStatus.Destroyed })];
    }

    /// <summary>What the rollout made, by its origin: also what it had no time to note.</summary>
    public static string OriginOf(Rollout rollout, string service, bool isBaseline) => $"{OriginOf(rollout)}{service}/{(isBaseline ? "baseline" : "candidate")}";

    /// <summary>The rollout goes on with that group.</summary>
    public static bool IsOf(Rollout rollout, ServerGroup group) =>
        group.Origin?.StartsWith(OriginOf(rollout), StringComparison.Ordinal) is true || rollout.Targets.Any(target => target.Candidate == group.Name || target.Baseline == group.Name);

    private static string OriginOf(Rollout rollout) => $"rollout-{rollout.Number}/";

    private static IReadOnlyList<ServerGroup> Enable(IReadOnlyList<ServerGroup> groups, RolloutTarget target, ServerGroupName candidate, StepShare share, Change change)
    {
        var hasOthers = groups.Any(group => group.Status == ServerGroupStatus.Enabled && group.Name != candidate);
        return TrafficRules.Enable(groups, candidate, hasOthers || target.Stable is null ? share.Weight : Weight.All, change);
    }

    /// <summary>What is left goes to those that took traffic before, in the proportions of then.</summary>
    private static Dictionary<ServerGroupName, Weight> Rest(RolloutTarget target, int rest)
    {
        var before = target.Before.Where(share => share.ServerGroup != target.Candidate).ToList();
        if (rest <= 0 || before.Count == 0)
            return [];
        var shares = TrafficShares.Split(rest, [.. before.Select(share => share.Weight)]);
        return before.Select((share, i) => (share.ServerGroup, Weight: shares[i])).Where(pair => pair.Weight != Weight.None).ToDictionary(pair => pair.ServerGroup, pair => pair.Weight);
    }

    /// <summary>Without what a rollout that the rollback took over from was still making, and compared with.</summary>
    private static IReadOnlyList<ServerGroup> Drop(IReadOnlyList<ServerGroup> groups, ServerGroupName candidate, IReadOnlyList<ServerGroup> changed)
    {
        var after = changed.ToDictionary(group => group.Name);
        foreach (var group in groups.Select(group => after.GetValueOrDefault(group.Name, group)).Where(group => group.Name != candidate).ToList())
        {
            if (group.Status == ServerGroupStatus.Preparing)
                after[group.Name] = TakeAway(group, "Superseded by a rollback.");

            // Without an error: a host that refuses the way back gives it its traffic again.
            else if (group is { IsBaseline: true, Status: ServerGroupStatus.Disabled })
                after[group.Name] = group with { Status = ServerGroupStatus.Destroyed };
        }

        return [.. after.Values];
    }

    private static IEnumerable<ServerGroup> Resize(IReadOnlyList<ServerGroup> groups, ServerGroupName? name, int? instances) =>
        name is null || instances is null ? [] : groups.Where(group => group.Name == name && group.Instances != instances).Select(group => group with { Instances = instances });

    private static bool IsMade(ServerGroup group, Rollout rollout, RolloutTarget target)
    {
        if (group.Status is ServerGroupStatus.Failed or ServerGroupStatus.Destroyed or ServerGroupStatus.Enabled)
            return false;
        return group.Name == target.Baseline || (target.IsNew && group.Name == target.Candidate) || group.Origin?.StartsWith(OriginOf(rollout), StringComparison.Ordinal) is true;
    }

    private static ServerGroup TakeAway(ServerGroup group, string reason) => group with
    {
        Status = group.Status == ServerGroupStatus.Preparing ? ServerGroupStatus.Failed : ServerGroupStatus.Destroyed,
        Weight = Weight.None,
        Mirror = Weight.None,
        Error = group.Error ?? reason,
    };
}
