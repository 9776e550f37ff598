using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Replay.Verification;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Kpis;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages and what they link to. Needs <c>AddRazorComponents()</c>.</summary>
internal static class PageEndpoints
{
    /// <summary>Open executions that are looked at for what waits.</summary>
    private const int MostWaiting = 1000;

    /// <summary>An older verification says little of what is served now.</summary>
    private static readonly TimeSpan VerificationAge = TimeSpan.FromDays(7);

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{name}", PageAssets.Serve).ExcludeFromDescription();
        var pages = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter(PageProblems.ShowAsync);
        pages.MapGet("/", OverviewAsync);
        pages.MapStepPages();
        pages.MapRunPages();
        pages.MapGet("/releases/{name}", ReleaseAsync);
        pages.MapDatasetPages();
        pages.MapPredictionPages();
        pages.MapQueryPages();
        pages.MapReplayPages();
        pages.MapSweepPages();
        pages.MapCanaryPages();
        pages.MapExecutionPages();
        pages.MapJudgmentPages();
        pages.MapDeliveryPages();
        pages.MapDriftPages();
        pages.MapEnvironmentPages();
        pages.MapExperimentPages();
        pages.MapMonitoringPages();
        pages.MapIdentityPages();
    }

    private static async Task<RazorComponentResult> OverviewAsync(
        StatusReader reader, HostReports hosts, VerificationCatalog verifications, IReleaseCatalog releases, IRunCatalog runs, AlertDesk alerts, KpiDesk kpis, IExecutionCatalog executions, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = await reader.ReadAsync(cancellationToken);
        var newest = await releases.ListAsync(OverviewView.ShownRows, cancellationToken);
        var live = status.ServerGroups.Where(group => group.Status == ServerGroupStatus.Enabled).Select(group => group.Release).Distinct();
        var older = new List<Release>();
        foreach (var name in live.Except(newest.Select(release => release.Name)))
        {
            if (await releases.FindAsync(name, cancellationToken) is { } release)
                older.Add(release);
        }

        var latestRuns = await runs.ListAsync(null, OverviewView.ShownRows, cancellationToken);
        var view = OverviewView.Of(status, hosts.Latest, [.. newest, .. older], latestRuns, time.GetUtcNow(), await MonitoringPageEndpoints.ReadFiringAsync(alerts, cancellationToken));
        var open = await executions.ListAsync(new ExecutionFilter { IsOpen = true, Limit = MostWaiting }, cancellationToken);
        var mismatches = await verifications.ListAlarmsAsync(time.GetUtcNow() - VerificationAge, cancellationToken);
        return PageResults.Of(view with
        {
            Alarms = [.. view.Alarms, .. VerificationAlarms.Of(mismatches)],
            Waiting = [.. open.Reverse().SelectMany(execution => WaitingView.Of(execution, time.GetUtcNow()))],
            Goals = await MonitoringPageEndpoints.ReadGoalsAsync(kpis, cancellationToken),
        });
    }

    private static async Task<RazorComponentResult> ReleaseAsync(
        string name, IReleaseCatalog releases, IServerGroupCatalog groups, TimeProvider time, CancellationToken cancellationToken)
    {
        var release = await releases.FindAsync(ReleaseName.Parse(name), cancellationToken)
            ?? throw FairleadException.NotFound($"There is no release '{name}': the overview lists the latest.");
        return PageResults.Of(ReleaseView.Of(release, await groups.ListAsync(null, null, cancellationToken), time.GetUtcNow()));
    }
}
