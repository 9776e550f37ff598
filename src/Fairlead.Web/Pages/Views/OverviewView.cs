using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Monitoring.Alerts;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Pages.Views;

/// <summary>What runs where, what happened last, and what to do next.</summary>
public sealed record OverviewView
{
    /// <summary>Rows of the lists of releases and runs.</summary>
    public const int ShownRows = 10;

    public required string Project { get; init; }

    public required string ProjectRoot { get; init; }

    /// <summary>Null while the project cannot be read.</summary>
    public required CommitView? Commit { get; init; }

    public required IReadOnlyList<AlarmView> Alarms { get; init; }

    /// <summary>Columns of the matrix.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Rows of the matrix, in the order of the project file.</summary>
    public required IReadOnlyList<EnvironmentView> Environments { get; init; }

    public required IReadOnlyList<HostView> Hosts { get; init; }

    public required long DesiredVersion { get; init; }

    /// <summary>What waits for people, the oldest first.</summary>
    public IReadOnlyList<WaitingView> Waiting { get; init; } = [];

    /// <summary>KPIs with a goal; missed ones first.</summary>
    public IReadOnlyList<KpiRow> Goals { get; init; } = [];

    /// <summary>Such as <c>2 met; 1 missed</c>.</summary>
    public string GoalsSummary => string.Join("; ", Goals.Select(goal => goal.Verdict!.Text).CountBy(verdict => verdict).Select(pair => $"{pair.Value} {pair.Key}"));

    public required IReadOnlyList<ReleaseRow> Releases { get; init; }

    public required IReadOnlyList<RunRow> Runs { get; init; }

    /// <summary>Commands that come next in a project where something is still missing; empty when everything is there.</summary>
    public required IReadOnlyList<NextStepView> NextSteps { get; init; }

    /// <param name="status">What runs where.</param>
    /// <param name="releases">Newest first; those that are live should be among them, if need be at the end.</param>
    /// <param name="runs">Newest first.</param>
    /// <param name="firing">Alerts that fire.</param>
    public static OverviewView Of(
        StatusAnswer status, IReadOnlyList<HostStatus> hosts, IReadOnlyList<Release> releases, IReadOnlyList<Run> runs, DateTimeOffset now, IReadOnlyList<AlertReport>? firing = null)
    {
        var services = ServicesOf(status.ServerGroups, releases);
        var byName = releases.ToDictionary(release => release.Name);
        var environments = status.Environments.Select(environment => new EnvironmentView(
            environment,
            [.. services.Select(service => CellView.Of(
                service,
                [.. status.ServerGroups.Where(group => group.Name.Environment == environment && group.Name.Service == service)],
                byName,
                now))]));
        return new OverviewView
        {
            Project = status.Project,
            ProjectRoot = status.ProjectRoot,
            Commit = status.Commit is null ? null : CommitView.Of(status.Commit),
            Alarms = OverviewAlarms.Of(status, hosts, firing ?? []),
            Services = services,
            Environments = [.. environments],
            Hosts = [.. hosts.Select(host => HostView.Of(host, status.DesiredVersion, now))],
            DesiredVersion = status.DesiredVersion,
            Releases = [.. releases.Take(ShownRows).Select(release => ReleaseRow.Of(release, status.ServerGroups, now))],
            Runs = [.. runs.Take(ShownRows).Select(run => RunRow.Of(run, now))],
            NextSteps = NextStepView.Of(status, releases, runs),
        };
    }

    private static List<string> ServicesOf(IReadOnlyList<ServerGroup> groups, IReadOnlyList<Release> releases) =>
        [.. (releases.Count > 0 ? releases[0].Services.Select(service => service.Name) : [])
            .Union(groups.Select(group => group.Name.Service).Order(StringComparer.Ordinal), StringComparer.Ordinal)];
}
