using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about canaries.</summary>
internal static class CanaryPageEndpoints
{
    private const int Shown = 100;

    public static void MapCanaryPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/canaries", ListAsync);
        pages.MapGet("/canaries/{number:int}", ShowAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(
        string? environment, string? service, int? rollout, int? execution, CanaryDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var filter = new CanaryFilter { Environment = environment, Service = service, Rollout = rollout, Execution = execution, Limit = Shown };
        return PageResults.Of(new CanariesView([.. (await desk.ListAsync(filter, cancellationToken)).Select(report => CanaryRow.Of(report, time.GetUtcNow()))]));
    }

    private static async Task<RazorComponentResult> ShowAsync(int number, CanaryDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = await desk.FindAsync(number, cancellationToken);
        return PageResults.Of(CanaryView.Of(report, await SeriesAsync(desk, report, cancellationToken), time.GetUtcNow()));
    }

    /// <summary>None when they are gone or were altered: the verdict is shown without pictures then.</summary>
    private static async Task<IReadOnlyList<CanaryMetricSeries>> SeriesAsync(CanaryDesk desk, CanaryReport report, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.ReadSeriesAsync(report, cancellationToken);
        }
        catch (FairleadException)
        {
            return [];
        }
    }
}
