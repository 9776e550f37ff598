using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Alerts;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Pages.Views;

/// <summary>Finds what a person should look at now.</summary>
internal static class OverviewAlarms
{
    public static IReadOnlyList<AlarmView> Of(StatusAnswer status, IReadOnlyList<HostStatus> hosts, IReadOnlyList<AlertReport> firing)
    {
        var alarms = new List<AlarmView>();
        alarms.AddRange(hosts.Where(host => host.Report.CaptureLost > 0).Select(host => new AlarmView(
            $"The host {host.Report.Url} answered {PageText.Count(host.Report.CaptureLost)} requests that it could not record: see whether its disk is full.", true)));
        alarms.AddRange(hosts.SelectMany(RefusalsOf));
        alarms.AddRange(hosts.Where(host => host.IsReachable).SelectMany(InstancesOf));
        alarms.AddRange(firing.SelectMany(AlertsOf));
        if (hosts.Count == 0)
            alarms.Add(new AlarmView($"No host has reported yet: 'fairlead up' starts one, and it will listen on {status.HostUrl}.", true));
        else if (!hosts.Any(host => host.IsReachable))
            alarms.Add(new AlarmView($"The host {hosts[0].Report.Url} has fallen silent: what it serves is not known here; 'fairlead up' starts it again.", true));
        if (status.ProjectError is not null)
            alarms.Add(new AlarmView(status.ProjectError, false));
        return alarms;
    }

    /// <summary>Lost records and ejected instances are told in more detail above.</summary>
    private static IEnumerable<AlarmView> AlertsOf(AlertReport report) =>
        report.Rule is { IsBuiltIn: true, Metric: "capture.lost" or "instances.ejected" } || report.Silence is not null ? []
        : report.States.Where(state => state.Phase == AlertPhase.Firing).Select(state => new AlarmView(
            $"Alert {report.Rule.Name} fires{(state.Target.Length > 0 ? $" for {state.Target}" : "")}: {report.Rule.Metric} is {KpiRow.Number(state.Value)}, and {report.Rule.Condition} is wrong; 'fairlead alert show {report.Rule.Name}' tells more.",
            report.Rule.Severity == AlertSeverity.Page));

    /// <summary>Instances that ought to answer and do not; one that is starting or draining is on its way.</summary>
    private static IEnumerable<AlarmView> InstancesOf(HostStatus host) => host.Report.Instances
        .Where(instance => instance.State is InstanceState.Ejected or InstanceState.Waiting)
        .Select(instance => new AlarmView($"Instance {instance.Number} of {instance.ServerGroup} takes no requests: {instance.Message ?? "its checks fail"}; 'fairlead logs {instance.ServerGroup} --instance {instance.Number}' shows what it printed.", true));

    private static IEnumerable<AlarmView> RefusalsOf(HostStatus host) =>
        host.IsReachable && host.Report.RefusedVersion is { } refused && refused > host.Report.AppliedVersion
            ? [new AlarmView(
                $"The host {host.Report.Url} refuses desired state {refused} and serves {host.Report.AppliedVersion}: "
                + string.Join("; ", host.Report.Failures.Select(failure => $"{failure.ServerGroup}: {failure.Message}")), true)]
            : [];
}
