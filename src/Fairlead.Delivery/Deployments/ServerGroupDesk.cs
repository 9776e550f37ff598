using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Deployments;

/// <summary>What people do to single server groups, within what guards the traffic; and what becomes of those that were kept warm long enough.</summary>
public sealed class ServerGroupDesk(IServerGroupCatalog catalog, DesiredStates states, RolloutDesk rollouts, TimeProvider time, ILogger<ServerGroupDesk> logger)
{
    /// <summary>Gives it that share of the traffic; those that take traffic share the rest.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it is not warm, an experiment or a rollout is under way, or the guard; Failed and Unavailable: the host.</exception>
    public Task<ServerGroup> EnableAsync(ServerGroupName name, Weight weight, string user, CancellationToken cancellationToken) =>
        ChangeAsync(name, "enabled", (groups, change) => TrafficRules.Enable(groups, name, weight, change), user, cancellationToken);

    /// <summary>Takes its traffic away and keeps it warm; the others share what it had.</summary>
    /// <exception cref="FairleadException">As for enabling.</exception>
    public Task<ServerGroup> DisableAsync(ServerGroupName name, string user, CancellationToken cancellationToken) =>
        ChangeAsync(name, "disabled", (groups, change) => Disable(groups, name, change), user, cancellationToken);

    /// <summary>Takes a group without traffic away from the hosts. Its record stays.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it takes traffic.</exception>
    public Task<ServerGroup> DestroyAsync(ServerGroupName name, string user, CancellationToken cancellationToken) =>
        ChangeAsync(name, "destroyed", (groups, _) => Destroy(groups, name, user), user, cancellationToken);

    /// <summary>Sets how many instances of a command service it has.</summary>
    /// <exception cref="FairleadException">NotFound; Invalid: out of the service's bounds, or a model; Conflict: it is gone, or the guard.</exception>
    public Task<ServerGroup> ResizeAsync(ServerGroupName name, int instances, string user, CancellationToken cancellationToken) =>
        ChangeAsync(name, $"resized to {instances}", (groups, _) => Resize(groups, name, instances), user, cancellationToken);

    /// <summary>One round: groups that were kept warm for as long as their environment says leave the hosts. Environments with a rollout under way are left to it.</summary>
    /// <returns>How many left.</returns>
    public async Task<int> CleanUpAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        var busy = (await rollouts.ListAsync(null, 1000, cancellationToken).ConfigureAwait(false)).Where(rollout => !rollout.IsEnded).Select(rollout => rollout.Environment).ToHashSet(StringComparer.Ordinal);
        var all = await catalog.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        foreach (var environment in all.Select(group => group.Name.Environment).Distinct(StringComparer.Ordinal).Where(environment => !busy.Contains(environment)))
        {
            if (await states.PolicyAsync(environment, cancellationToken).ConfigureAwait(false) is not { KeepFor: { } period })
                continue;
            var until = time.GetUtcNow() - period;
            var gone = 0;
            await states.ChangeIfAnyAsync(
                groups =>
                {
                    List<ServerGroup> old = [.. groups.Where(group => group.Name.Environment == environment && IsOld(group, until)).Select(group => group with { Status = ServerGroupStatus.Destroyed })];
                    gone = old.Count;
                    return old;
                },
                cancellationToken).ConfigureAwait(false);
            count += gone;
        }

        if (count > 0)
            Log.GroupsCleaned(logger, count);
        return count;
    }

    private async Task<ServerGroup> ChangeAsync(
        ServerGroupName name, string what, Func<IReadOnlyList<ServerGroup>, Change, IReadOnlyList<ServerGroup>> rule, string user, CancellationToken cancellationToken)
    {
        await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        using var hold = await rollouts.HoldAsync(name.Environment, "A change of server groups in", cancellationToken).ConfigureAwait(false);
        var change = new Change(time.GetUtcNow(), user) { Policy = await states.PolicyAsync(name.Environment, cancellationToken).ConfigureAwait(false) };
        await rollouts.Traffic.ApplyAsync(
            name.Environment,
            all =>
            {
                IReadOnlyList<ServerGroup> groups = [.. all.Where(group => group.Name.Service == name.Service)];
                return TrafficGuard.Check(groups, rule(groups, change), change.Policy);
            },
            (published, _) => Log.GroupChanged(logger, name, what, user, published.Version),
            static (_, _) => { },
            cancellationToken).ConfigureAwait(false);
        return await RequireAsync(name, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ServerGroup> RequireAsync(ServerGroupName name, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } group)
            return group;
        var known = await catalog.ListAsync(name.Environment, name.Service, cancellationToken).ConfigureAwait(false);
        throw FairleadException.NotFound(known.Count == 0
            ? $"There is no server group '{name}': 'fairlead server-group list' shows those that there are."
            : $"There is no server group '{name}' ({NearestName.Hint(name.ToString(), [.. known.Select(other => other.Name.ToString())])}).");
    }

    private static IReadOnlyList<ServerGroup> Disable(IReadOnlyList<ServerGroup> groups, ServerGroupName name, Change change)
    {
        TrafficRules.RequireNoExperiment(groups);
        var others = groups.Where(group => group.Status == ServerGroupStatus.Enabled && group.Name != name).OrderBy(group => group.Name.Number).ToList();
        if (others.Count == 0)
        {
            // The guard says so.
            return [.. groups.Where(group => group.Name == name && group.Status == ServerGroupStatus.Enabled).Select(group => group with { Status = ServerGroupStatus.Disabled, Weight = Weight.None })];
        }

        var shares = TrafficShares.Split(Weight.Whole, [.. others.Select(group => group.Weight)]);
        return TrafficRules.Assign(groups, others.Select((group, i) => (group.Name, Weight: shares[i])).ToDictionary(pair => pair.Name, pair => pair.Weight), change);
    }

    private static IReadOnlyList<ServerGroup> Destroy(IReadOnlyList<ServerGroup> groups, ServerGroupName name, string user)
    {
        var group = groups.First(candidate => candidate.Name == name);
        if (group.Status == ServerGroupStatus.Enabled && groups.Any(other => other.Name != name && other.Status == ServerGroupStatus.Enabled))
            throw FairleadException.Conflict($"The server group '{name}' takes {group.Weight} of the traffic: take that away first with 'fairlead server-group disable {name}'.");
        return group.Status is ServerGroupStatus.Destroyed or ServerGroupStatus.Failed
            ? []
            : [group with { Status = ServerGroupStatus.Destroyed, Weight = Weight.None, Mirror = Weight.None, Error = group.Error ?? $"Destroyed by {user}." }];
    }

    private static IReadOnlyList<ServerGroup> Resize(IReadOnlyList<ServerGroup> groups, ServerGroupName name, int instances)
    {
        var group = groups.First(candidate => candidate.Name == name);
        if (group.Service.Command is not { Settings: var settings })
            throw FairleadException.Invalid($"The server group '{name}' serves a model, which has no instances: it cannot be resized.");
        var least = settings.MinInstances ?? 1;
        if (instances < least || (settings.MaxInstances is { } most && instances > most))
        {
            var bounds = settings.MaxInstances is { } upper ? $"{least} to {upper}" : $"{least} or more";
            throw FairleadException.Invalid($"'{instances}' instances of '{name}' are out of the bounds of '{name.Service}': give {bounds}, or change 'instances' in the project file.");
        }

        if (!RolloutPlanner.IsUsable(group))
            throw FairleadException.Conflict($"The server group '{name}' is {group.Status.ToString().ToLowerInvariant()} and cannot be resized: deploy its release {group.Release} again.");
        return RolloutPlanner.InstancesOf(group) == instances ? [] : [group with { Instances = instances }];
    }

    private static bool IsOld(ServerGroup group, DateTimeOffset until) =>
        group.Status == ServerGroupStatus.Disabled && group.Mirror == Weight.None && group.Experiment is null && (group.DisabledAt ?? group.CreatedAt) <= until;
}
