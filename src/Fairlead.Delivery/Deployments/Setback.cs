using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Deployments;

/// <summary>What becomes of server groups when something goes wrong: pure functions from the recorded groups to those that change. None of them takes traffic from a group that serves.</summary>
internal static class Setback
{
    /// <summary>Groups among the named that are being prepared become failed.</summary>
    /// <param name="reason">One sentence for each.</param>
    public static IReadOnlyList<ServerGroup> Fail(
        IReadOnlyList<ServerGroup> groups, IReadOnlyCollection<ServerGroupName> names, Func<ServerGroupName, string> reason) =>
        [.. groups
            .Where(group => group.Status == ServerGroupStatus.Preparing && names.Contains(group.Name))
            .Select(group => group with { Status = ServerGroupStatus.Failed, Weight = Weight.None, Error = reason(group.Name) })];

    /// <summary>Warm groups that the host can no longer make ready are gone: they would keep it from every later desired state.</summary>
    public static IReadOnlyList<ServerGroup> Evict(IReadOnlyList<ServerGroup> groups, IReadOnlyList<ServerGroupFailure> failures) =>
        [.. groups
            .Where(group => group.Status == ServerGroupStatus.Disabled && ReasonOf(failures, group.Name) is not null)
            .Select(group => group with { Status = ServerGroupStatus.Destroyed, Error = ReasonOf(failures, group.Name) })];

    /// <summary>
    /// Takes back a switch that the host refused: traffic is as it was before, what was to be enabled is failed when it never took traffic,
    /// and gone when it was warm but can no longer be made ready.
    /// </summary>
    /// <param name="groups">As they are recorded now.</param>
    /// <param name="before">The records that the switch replaced.</param>
    public static IReadOnlyList<ServerGroup> Undo(
        IReadOnlyList<ServerGroup> groups, IReadOnlyList<ServerGroup> before, IReadOnlyList<ServerGroupFailure> failures)
    {
        var now = groups.ToDictionary(group => group.Name);
        return [.. before.Where(group => now.GetValueOrDefault(group.Name) is { Error: null }).Select(group => Restore(group, failures))];
    }

    /// <summary>Why a host refused that group, or null.</summary>
    public static string? ReasonOf(IReadOnlyList<ServerGroupFailure> failures, ServerGroupName name) =>
        failures.FirstOrDefault(failure => failure.ServerGroup == name)?.Message;

    private static ServerGroup Restore(ServerGroup before, IReadOnlyList<ServerGroupFailure> failures)
    {
        var reason = ReasonOf(failures, before.Name);
        return before.Status switch
        {
            ServerGroupStatus.Preparing => before with
            {
                Status = ServerGroupStatus.Failed,
                Error = reason ?? "Not enabled, because the host refused another server group of the same deployment.",
            },
            ServerGroupStatus.Disabled when reason is not null => before with { Status = ServerGroupStatus.Destroyed, Error = reason },
            _ => before,
        };
    }
}
