using System.Globalization;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;

namespace Fairlead.Web.Pages.Views;

/// <summary>How a server group does, over all hosts.</summary>
internal static class ServerGroupFigures
{
    /// <param name="group">Null when it has no record any more.</param>
    public static RolloutGroupRow Row(ServerGroupName name, string part, ServerGroup? group, IReadOnlyList<HostStatus> hosts)
    {
        var reports = hosts.SelectMany(host => host.Report.Groups).Where(report => report.ServerGroup == name).ToList();
        var (answered, errors) = (reports.Sum(report => report.Answered), reports.Sum(report => report.Errors));
        var wanted = reports.Sum(report => report.Instances ?? 0);
        return new RolloutGroupRow(
            name.ToString(),
            name.Service,
            part,
            group is null ? null : StatusView.Of(group.Status),
            group?.Weight.ToString() ?? "–",
            wanted > 0 ? $"{reports.Sum(report => report.Ready ?? 0)} of {wanted}" : "",
            PageText.Count(answered),
            answered == 0 ? "–" : $"{(100.0 * errors / answered).ToString("0.##", CultureInfo.InvariantCulture)} %");
    }
}
