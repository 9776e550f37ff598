using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Where a rollback takes one service.</summary>
/// <param name="Instances">That the goal had when it led; null for a model.</param>
/// <param name="Undoes">What it takes back, one phrase.</param>
internal sealed record WayBack(ServerGroup Goal, int? Instances, string Undoes)
{
    /// <summary>A rollout that is under way may have taken instances from the goal, or be bringing them back.</summary>
    public bool IsGrowing { get; init; }

    /// <summary>The ways back of an environment.</summary>
    /// <param name="groups">Every group of the environment.</param>
    /// <param name="under">The rollout that is under way there: while it is not live yet it alone is what is meant; null for none.</param>
    /// <exception cref="FairleadException">NotFound: the group that is named; Conflict: it is live already, or there is no way back.</exception>
    public static IReadOnlyList<WayBack> Find(RollbackOrder order, IReadOnlyList<ServerGroup> groups, Rollout? under)
    {
        if (order.To is { } name)
            return [Named(name, groups)];
        var services = groups.Where(group => order.Service is null || group.Name.Service == order.Service)
            .GroupBy(group => group.Name.Service, StringComparer.Ordinal).OrderBy(service => service.Key, StringComparer.Ordinal).ToList();
        if (services.Count == 0)
            throw FairleadException.Conflict($"Nothing was ever deployed to '{order.Environment}': deploy a release with 'fairlead deploy {order.Environment}'.");
        var ways = services.Select(service => Of([.. service], under)).OfType<WayBack>().ToList();
        if (ways.Count == 0 && under is null or { IsLive: true })
        {
            // The first one says why.
            TrafficRules.RollBack([.. services[0]], default);
        }

        return ways;
    }

    private static WayBack? Of(IReadOnlyList<ServerGroup> own, Rollout? under)
    {
        if (under is not null && under.Targets.Any(target => target.Service == own[0].Name.Service))
            return Before(own, under);
        return under is { IsLive: false } ? null : Before(own);
    }

    private static WayBack? Before(IReadOnlyList<ServerGroup> own)
    {
        var lead = TrafficRules.Lead(own);
        var goal = lead?.Previous is { } previous ? own.FirstOrDefault(group => group.Name == previous && group.Status is not (ServerGroupStatus.Failed or ServerGroupStatus.Preparing)) : null;
        if (goal is null)
            return null;
        var instances = InstancesOf(goal);

        // Where it shares the traffic, it takes over for those that it shares it with.
        if (goal.Status == ServerGroupStatus.Enabled && instances is { } count)
            instances = Math.Max(count, own.Where(group => group.Status == ServerGroupStatus.Enabled).Sum(group => InstancesOf(group) ?? 0));
        return new WayBack(goal, instances, $"release {lead!.Release} ({lead.Name})");
    }

    private static WayBack? Before(IReadOnlyList<ServerGroup> own, Rollout under)
    {
        var target = under.Targets.FirstOrDefault(candidate => candidate.Service == own[0].Name.Service);
        var goal = own.FirstOrDefault(group => group.Name == target?.Stable);
        return goal is null ? null : new WayBack(
            goal,
            target!.Before.FirstOrDefault(share => share.ServerGroup == goal.Name)?.Instances ?? InstancesOf(goal),
            under.IsLive ? $"release {under.Release} ({target.Candidate})" : $"rollout {under.Number} of release {under.Release}") { IsGrowing = !under.IsLive };
    }

    private static WayBack Named(ServerGroupName name, IReadOnlyList<ServerGroup> groups)
    {
        var goal = groups.FirstOrDefault(group => group.Name == name)
            ?? throw FairleadException.NotFound($"There is no server group '{name}' ({NearestName.Hint(name.ToString(), [.. groups.Select(group => group.Name.ToString())])}).");
        var lead = TrafficRules.Lead(groups.Where(group => group.Name.Service == name.Service));
        if (goal.Status == ServerGroupStatus.Enabled && goal.Weight == Weight.All)
            throw FairleadException.Conflict($"The server group '{name}' takes all of the traffic already: name another ('fairlead server-group list').");
        return new WayBack(goal, InstancesOf(goal), lead is null ? "nothing" : $"release {lead.Release} ({lead.Name})");
    }

    private static int? InstancesOf(ServerGroup group) =>
        group.Service.Command is { } command ? group.Instances is > 0 ? group.Instances : command.Settings.Instances : null;
}
