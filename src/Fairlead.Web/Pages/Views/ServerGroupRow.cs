using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>A server group in its cluster.</summary>
/// <param name="Changes">None for who may not.</param>
public sealed record ServerGroupRow(RolloutGroupRow Figures, string Release, string Runs, TimeView CreatedAt, string CreatedBy, string Error, IReadOnlyList<ChangeView> Changes)
{
    public static ServerGroupRow Of(ServerGroup group, IReadOnlyList<HostStatus> hosts, bool canChange, DateTimeOffset now) => new(
        ServerGroupFigures.Row(group.Name, group.Mirror != Weight.None ? "shadow" : group.IsBaseline == true ? "baseline" : "", group, hosts),
        group.Release.ToString(),
        group.Service.Label,
        TimeView.Of(group.CreatedAt, now),
        group.CreatedBy,
        group.Error ?? "",
        canChange ? ChangesOf(group) : []);

    private static IReadOnlyList<ChangeView> ChangesOf(ServerGroup group)
    {
        var path = (string change) => PagePaths.ServerGroupChange(group.Name, change);
        return group.Status switch
        {
            ServerGroupStatus.Enabled => [new ChangeView("Disable", path("disable"), $"{group.Name} gives its traffic to the other groups and stays warm.", IsGrave: true)],
            ServerGroupStatus.Disabled =>
            [
                new ChangeView("Give all traffic", path("enable"), $"{group.Name} takes all traffic of '{group.Name.Service}'; what is live now stays warm.", IsGrave: true),
                new ChangeView("Destroy", path("destroy"), $"{group.Name} leaves the hosts for good; its record stays.", IsGrave: true),
            ],
            ServerGroupStatus.Failed => [new ChangeView("Destroy", path("destroy"), $"{group.Name} leaves the hosts for good; its record stays.", IsGrave: true)],
            _ => [],
        };
    }
}
