using Fairlead.Domain.Deployments;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Monitoring.Drift.Watching;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about drift.</summary>
internal static class DriftPageEndpoints
{
    public static void MapDriftPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/drift", ListAsync);
        pages.MapGet("/drift/{service}/{environment}", ShowAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(DriftStore store, IServerGroupCatalog groups, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = await groups.ListAsync(null, null, cancellationToken);
        var rows = new List<DriftRow>();
        foreach (var (service, environment) in all.Where(group => group.Status == ServerGroupStatus.Enabled).Select(group => (group.Name.Service, group.Name.Environment)).Distinct().Order())
            rows.Add(DriftRow.Of(service, environment, await store.FindLatestAsync(service, environment, cancellationToken), time.GetUtcNow()));
        return PageResults.Of(new DriftsView(rows));
    }

    /// <summary>The last report; what is asked for in particular, or was not looked at yet, is compared now.</summary>
    private static async Task<RazorComponentResult> ShowAsync(
        string service, string environment, string? window, string? since, string? until, string? every, string[]? against, string? by,
        DriftAnalyzer analyzer, DriftStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = new DriftQuery(service, environment, Given(window), Given(since), Given(until), Given(every), [.. (against ?? []).Where(text => text.Length > 0)], Given(by));
        var report = (query.IsPlain ? await store.FindLatestAsync(service, environment, cancellationToken) : null) ?? await analyzer.RunAsync(query, cancellationToken);
        return PageResults.Of(DriftView.Of(report, query, time.GetUtcNow()));
    }

    // A form sends what was left empty too.
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
