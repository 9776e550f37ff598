using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Deployments;

/// <summary>
/// What deployments, rollbacks and shifts of traffic do to the server groups of one service in one environment: pure functions from the
/// recorded groups to those that change. The weights of the enabled groups sum to exactly 100 %, or none is enabled.
/// </summary>
internal static class TrafficRules
{
    /// <summary>The group that last began to take traffic among those that take some, or null; a baseline never leads.</summary>
    public static ServerGroup? Lead(IEnumerable<ServerGroup> groups) =>
        groups.Where(group => IsEnabled(group) && group.IsBaseline is not true).OrderByDescending(group => group.EnabledAt).ThenByDescending(group => group.Name.Number).FirstOrDefault();

    /// <summary>Gives a group its share of traffic; those that are enabled share the rest as before, or are kept warm when there is none.</summary>
    /// <exception cref="FairleadException">Invalid when the share is less than 100 % and nothing else takes the rest.</exception>
    public static IReadOnlyList<ServerGroup> Enable(IReadOnlyList<ServerGroup> groups, ServerGroupName target, Weight weight, Change change)
    {
        RequireNoExperiment(groups);
        Require(groups, target, group => IsUsable(group) || group.Status == ServerGroupStatus.Preparing);
        var others = groups.Where(group => IsEnabled(group) && group.Name != target).OrderBy(group => group.Name.Number).ToList();
        var rest = Weight.Whole - weight.Hundredths;
        if (rest > 0 && others.Count == 0)
        {
            throw FairleadException.Invalid(
                $"Nothing else of '{target.Service}' takes traffic in '{target.Environment}', so that {weight} would leave {new Weight(rest)} unanswered: deploy it with 100%.");
        }

        var weights = new Dictionary<ServerGroupName, Weight> { [target] = weight };
        var shares = others.Count == 0 ? [] : TrafficShares.Split(rest, [.. others.Select(group => group.Weight)]);
        for (var i = 0; i < others.Count; i++)
            weights[others[i].Name] = shares[i];
        return Assign(groups, weights, change);
    }

    /// <summary>
    /// Gives all traffic back to the group that led before the leading one was enabled, and forgets that link: rolling back again goes
    /// further back and never forward.
    /// </summary>
    /// <exception cref="FairleadException">Conflict when there is no such group, or it is not kept warm any more.</exception>
    public static IReadOnlyList<ServerGroup> RollBack(IReadOnlyList<ServerGroup> groups, Change change)
    {
        var lead = Lead(groups) ?? throw FairleadException.Conflict("Nothing is live, so that there is nothing to roll back: deploy a release with 'fairlead deploy'.");
        var previous = groups.FirstOrDefault(group => group.Name == lead.Previous);
        if (previous is null)
        {
            throw FairleadException.Conflict(
                $"Nothing was live before '{lead.Name}' (release {lead.Release}) to roll back to: deploy the release that you want with 'fairlead deploy {lead.Name.Environment}'.");
        }

        if (!IsUsable(previous))
        {
            throw FairleadException.Conflict(
                $"The server group '{previous.Name}' that was live before '{lead.Name}' is not kept warm any more: deploy its release {previous.Release} to '{lead.Name.Environment}' instead.");
        }

        return GoTo(groups, previous.Name, change);
    }

    /// <summary>Gives all traffic to a group on the way back, and forgets the links of those that lose it.</summary>
    public static IReadOnlyList<ServerGroup> GoTo(IReadOnlyList<ServerGroup> groups, ServerGroupName target, Change change)
    {
        Require(groups, target, group => IsUsable(group) || group.Status == ServerGroupStatus.Preparing);
        var lead = Lead(groups)?.Name;
        var link = groups.First(group => group.Name == target).Previous;
        return [.. Assign(groups, new Dictionary<ServerGroupName, Weight> { [target] = Weight.All }, change).Select(group =>
            group.Name == target ? group with { Previous = link }
            : group.Name == lead ? group with { Previous = null }
            : group)];
    }

    /// <summary>True when <see cref="RollBack"/> has somewhere to go.</summary>
    public static bool CanRollBack(IReadOnlyList<ServerGroup> groups) =>
        Lead(groups)?.Previous is { } previous && groups.Any(group => group.Name == previous && IsUsable(group));

    /// <summary>Sets the shares of traffic; groups that are not named get none.</summary>
    /// <param name="weights">They sum to 100 %.</param>
    /// <param name="experiment">When given, those that are named are its arms from now on.</param>
    /// <exception cref="FairleadException">Invalid when they do not, Conflict when a group is not warm, or an experiment runs.</exception>
    public static IReadOnlyList<ServerGroup> SetTraffic(
        IReadOnlyList<ServerGroup> groups, IReadOnlyDictionary<ServerGroupName, Weight> weights, Change change, string? experiment = null)
    {
        RequireNoExperiment(groups);
        var sum = weights.Values.Sum(weight => (long)weight.Hundredths);
        if (sum != Weight.Whole)
        {
            throw FairleadException.Invalid(
                $"The shares of traffic sum to {(sum / 100m).ToString("0.##")}% instead of 100%: give shares that sum to 100%.");
        }

        foreach (var name in weights.Keys)
            Require(groups, name, IsUsable);
        return Assign(groups, weights, change, experiment);
    }

    /// <summary>Ends an experiment: all traffic to one group. Changes nothing when no group is an arm of it any more.</summary>
    public static IReadOnlyList<ServerGroup> EndExperiment(IReadOnlyList<ServerGroup> groups, string experiment, ServerGroupName kept, Change change)
    {
        if (!groups.Any(group => group.Experiment == experiment))
            return [];
        Require(groups, kept, IsUsable);
        return Assign(groups, new Dictionary<ServerGroupName, Weight> { [kept] = Weight.All }, change);
    }

    /// <summary>While an experiment runs its shares must not move: whoever was assigned to an arm stays there.</summary>
    /// <exception cref="FairleadException">Conflict.</exception>
    public static void RequireNoExperiment(IReadOnlyList<ServerGroup> groups)
    {
        if (groups.FirstOrDefault(group => group.Experiment is not null) is { } arm)
        {
            throw FairleadException.Conflict(
                $"The experiment '{arm.Experiment}' runs on '{arm.Name.Service}' in '{arm.Name.Environment}', whose traffic must not move until it ends: end it with 'fairlead experiment stop {arm.Experiment}', or leave this service out.");
        }
    }

    /// <summary>Gives a warm group, or one that was just made ready, a share of copies of its service's requests; none ends that, and changes nothing where there are no copies.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict when the group takes traffic, or is not warm.</exception>
    public static IReadOnlyList<ServerGroup> Mirror(IReadOnlyList<ServerGroup> groups, ServerGroupName target, Weight share, Change change)
    {
        // A group that is no shadow has nothing to end, whether it takes traffic or is gone.
        Require(groups, target, group => share == Weight.None || IsUsable(group) || group.Status == ServerGroupStatus.Preparing);
        var group = groups.First(candidate => candidate.Name == target);
        if (share == Weight.None && group.Mirror == Weight.None)
            return [];
        if (IsEnabled(group))
            throw FairleadException.Conflict($"The server group '{target}' takes {group.Weight} of the traffic and cannot be a shadow as well: take its traffic away first.");
        var after = group with { Status = ServerGroupStatus.Disabled, Mirror = share, DisabledAt = group.DisabledAt ?? change.At };
        return after == group ? [] : [after];
    }

    // Whatever moves traffic without naming an experiment ends the one that runs.
    internal static List<ServerGroup> Assign(
        IReadOnlyList<ServerGroup> groups, IReadOnlyDictionary<ServerGroupName, Weight> weights, Change change, string? experiment = null)
    {
        var lead = Lead(groups);
        var after = groups
            .Select(group => Move(group, weights.GetValueOrDefault(group.Name), lead, change) with { Experiment = weights.ContainsKey(group.Name) ? experiment : null })
            .ToList();
        var retired = Retired(after, change);
        return [.. after
            .Select(group => retired.Contains(group.Name) ? group with { Status = ServerGroupStatus.Destroyed } : group)
            .Where((group, i) => group != groups[i])];
    }

    private static ServerGroup Move(ServerGroup group, Weight weight, ServerGroup? lead, Change change)
    {
        if (weight == Weight.None)
        {
            return IsEnabled(group)
                ? group with { Status = ServerGroupStatus.Disabled, Weight = Weight.None, DisabledAt = change.At }
                : group;
        }

        if (IsEnabled(group))
            return group with { Weight = weight };
        return group with
        {
            Mirror = Weight.None,
            Status = ServerGroupStatus.Enabled,
            Weight = weight,
            EnabledAt = change.At,
            EnabledBy = change.User,
            Previous = lead?.Name,
        };
    }

    /// <summary>The disabled groups beyond those to keep; the way back of the leading group is always kept here.</summary>
    private static HashSet<ServerGroupName> Retired(IReadOnlyList<ServerGroup> groups, Change change)
    {
        var previous = Lead(groups)?.Previous;
        var warm = groups
            .Where(group => group.Status == ServerGroupStatus.Disabled && group.Mirror == Weight.None)
            .OrderByDescending(group => group.Name == previous)
            .ThenByDescending(group => group.EnabledAt)
            .ThenByDescending(group => group.Name.Number);
        var old = change.Policy?.KeepFor is { } period
            ? warm.Skip(1).Where(group => group.DisabledAt <= change.At - period)
            : warm.Skip(change.Policy?.KeepCount ?? DeliveryPolicy.DefaultKeepCount);
        return [.. old.Select(group => group.Name)];
    }

    private static void Require(IReadOnlyList<ServerGroup> groups, ServerGroupName name, Predicate<ServerGroup> canTakeTraffic)
    {
        var group = groups.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw FairleadException.NotFound($"There is no server group '{name}' ({NearestName.Hint(name.ToString(), [.. groups.Select(other => other.Name.ToString())])}).");
        if (!canTakeTraffic(group))
        {
            throw FairleadException.Conflict(
                $"The server group '{name}' is {group.Status.ToString().ToLowerInvariant()} and cannot take traffic: deploy its release {group.Release} again.");
        }
    }

    private static bool IsEnabled(ServerGroup group) => group.Status == ServerGroupStatus.Enabled;

    private static bool IsUsable(ServerGroup group) => group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled;
}
