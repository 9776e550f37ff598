using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Deployments;

/// <summary>Refuses what would leave a service without a server group that takes traffic, or with fewer instances than its environment guards.</summary>
internal static class TrafficGuard
{
    /// <param name="groups">Every group of one service in one environment, as they are.</param>
    /// <param name="changed">Those among them that are to change, as they are to be.</param>
    /// <returns><paramref name="changed"/>.</returns>
    /// <exception cref="FairleadException">Conflict; one sentence that says what to do instead.</exception>
    public static IReadOnlyList<ServerGroup> Check(IReadOnlyList<ServerGroup> groups, IReadOnlyList<ServerGroup> changed, DeliveryPolicy? policy)
    {
        var next = changed.ToDictionary(group => group.Name);
        List<ServerGroup> after = [.. groups.Select(group => next.GetValueOrDefault(group.Name, group))];
        var before = groups.FirstOrDefault(IsEnabled);
        if (before is null)
            return changed;
        if (!after.Exists(IsEnabled))
        {
            throw FairleadException.Conflict(
                $"'{before.Name}' is the only server group of '{before.Name.Service}' in '{before.Name.Environment}' that takes traffic: enable another first with 'fairlead server-group enable', or deploy a release.");
        }

        if (policy?.Guard is { } guard && after.Find(IsEnabled)?.Service.Command is { } command)
        {
            var least = guard.Of(command.Settings.Instances);
            var (had, has) = (Instances(groups), Instances(after));
            if (has < least && has < had)
            {
                throw FairleadException.Conflict(string.Create(
                    CultureInfo.InvariantCulture,
                    $"That would leave '{before.Name.Service}' in '{before.Name.Environment}' with {has} instances that take traffic, where {least} are guarded: enable or resize another server group first."));
            }
        }

        return changed;
    }

    private static int Instances(IEnumerable<ServerGroup> groups) =>
        groups.Where(IsEnabled).Sum(group => group.Service.Command is { } command ? group.Instances ?? command.Settings.Instances : 0);

    private static bool IsEnabled(ServerGroup group) => group.Status == ServerGroupStatus.Enabled;
}
