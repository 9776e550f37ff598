using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Alerts;
using Fairlead.Monitoring.Kpis;
using Fairlead.Notices;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about KPIs, alerts and messages.</summary>
internal static class MonitoringPageEndpoints
{
    public static void MapMonitoringPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/kpis", ListKpisAsync);
        pages.MapGet("/kpis/{name}", FindKpiAsync);
        pages.MapGet("/alerts", ListAlertsAsync);
        pages.MapGet("/notices", ListNoticesAsync);
    }

    /// <summary>What fires, for the first page, which is shown even when the project cannot be read.</summary>
    public static async Task<IReadOnlyList<AlertReport>> ReadFiringAsync(AlertDesk desk, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await desk.ListAsync(cancellationToken)).Where(report => report.Phase == AlertPhase.Firing)];
        }
        catch (FairleadException)
        {
            return [];
        }
    }

    /// <summary>Goals, for the first page, which is shown even when the project cannot be read.</summary>
    public static async Task<IReadOnlyList<KpiRow>> ReadGoalsAsync(KpiDesk desk, CancellationToken cancellationToken)
    {
        try
        {
            return GoalRows.Of(await desk.ListAsync(default, cancellationToken));
        }
        catch (FairleadException)
        {
            return [];
        }
    }

    private static async Task<RazorComponentResult> ListKpisAsync(KpiDesk desk, CancellationToken cancellationToken) =>
        PageResults.Of(KpisView.Of(await desk.ListAsync(default, cancellationToken)));

    private static async Task<RazorComponentResult> FindKpiAsync(string name, KpiDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(KpiView.Of(await desk.FindAsync(name, default, cancellationToken), time.GetUtcNow()));

    private static async Task<RazorComponentResult> ListAlertsAsync(AlertDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(AlertsView.Of(await desk.ListAsync(cancellationToken), time.GetUtcNow()));

    private static async Task<RazorComponentResult> ListNoticesAsync(NoticeDesk desk, TimeProvider time, CancellationToken cancellationToken, string? channel = null, string? status = null) =>
        PageResults.Of(NoticesView.Of(await desk.ListAsync(Endpoints.NoticeEndpoints.FilterOf(channel, status, null), cancellationToken), time.GetUtcNow()));
}
