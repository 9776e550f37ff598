using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Where a rollback takes one service.</summary>
/// <param name="Instances">That the goal had when it led; null for a model.</param>
/// <param name="Undoes">What it takes back, one phrase.</param>
internal sealed record WayBack(ServerGroup Goal, int? Instances, string Undoes)
{
    /// <summary>The ways back of an environment.</summary>
    /// <param name="groups">Every group of the environment.</param>
    /// <param name="under">The rollout that is under way there and not live yet, which is what is meant then; null for none.</param>
    /// <exception cref="FairleadException">NotFound: the group that is named; Conflict: it is live already, or there is no way back.</exception>
    public static IReadOnlyList<WayBack> Find(RollbackOrder order, IReadOnlyList<ServerGroup> groups, Rollout? under)
    {
        if (order.To is { } name)
            return [Named(name, groups)];
        var services = groups.Where(group => order.Service is null || group.Name.Service == order.Service)
            .GroupBy(group => group.Name.Service, StringComparer.Ordinal).OrderBy(service => service.Key, StringComparer.Ordinal).ToList();
        var ways = under is null
            ? services.Select(service => Before([.. service])).OfType<WayBack>().ToList()
            : [.. services.Select(service => Before([.. service], under)).OfType<WayBack>()];
        if (ways.Count == 0 && under is null)
        {
            // The first one says why.
            TrafficRules.RollBack([.. services[0]], default);
        }

        return ways;
    }

    private static WayBack? Before(IReadOnlyList<ServerGroup> own)
    {
        var lead = TrafficRules.Lead(own);
        var goal = lead?.Previous is { } previous ? own.FirstOrDefault(group => group.Name == previous && group.Status is not (ServerGroupStatus.Failed or ServerGroupStatus.Preparing)) : null;
        return goal is null ? null : new WayBack(goal, InstancesOf(goal), $"release {lead!.Release} ({lead.Name})");
    }

    private static WayBack? Before(IReadOnlyList<ServerGroup> own, Rollout under)
    {
        var target = under.Targets.FirstOrDefault(candidate => candidate.Service == own[0].Name.Service);
        var goal = own.FirstOrDefault(group => group.Name == target?.Stable);
        return goal is null ? null : new WayBack(
            goal,
            target!.Before.FirstOrDefault(share => share.ServerGroup == goal.Name)?.Instances ?? InstancesOf(goal),
            $"rollout {under.Number} of release {under.Release}");
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
