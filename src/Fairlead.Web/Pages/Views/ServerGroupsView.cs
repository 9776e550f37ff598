using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>All server groups, by environment and service.</summary>
/// <param name="Destroyed">How many are not shown since they are gone.</param>
public sealed record ServerGroupsView(IReadOnlyList<ClusterView> Clusters, int Destroyed, bool IsWhole)
{
    /// <param name="canChange">Whether the viewer may deploy to an environment.</param>
    /// <param name="isWhole">Those that were destroyed are shown as well.</param>
    public static ServerGroupsView Of(IReadOnlyList<ServerGroup> groups, IReadOnlyList<HostStatus> hosts, Func<string, bool> canChange, bool isWhole, DateTimeOffset now)
    {
        var shown = groups.Where(group => isWhole || group.Status != ServerGroupStatus.Destroyed);
        var clusters = shown.GroupBy(group => (group.Name.Environment, group.Name.Service))
            .OrderBy(cluster => cluster.Key.Environment, StringComparer.Ordinal).ThenBy(cluster => cluster.Key.Service, StringComparer.Ordinal)
            .Select((cluster, index) => new ClusterView(
                cluster.Key.Service,
                cluster.Key.Environment,
                $"cluster-{index}",
                [.. cluster.OrderByDescending(group => group.Name.Number).Select(group => ServerGroupRow.Of(group, hosts, canChange(cluster.Key.Environment), now))]));
        return new ServerGroupsView([.. clusters], groups.Count(group => group.Status == ServerGroupStatus.Destroyed), isWhole);
    }
}
