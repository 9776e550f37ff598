using Fairlead.Monitoring.Experiments;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about experiments.</summary>
internal static class ExperimentPageEndpoints
{
    /// <summary>A page that is opened again and again does not measure each time.</summary>
    private static readonly TimeSpan OldestReport = TimeSpan.FromMinutes(1);

    public static void MapExperimentPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/experiments", ListAsync);
        pages.MapGet("/experiments/{name}", FindAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(ExperimentDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(ExperimentsView.Of(await desk.ListAsync(cancellationToken), time.GetUtcNow()));

    private static async Task<RazorComponentResult> FindAsync(string name, ExperimentDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(ExperimentView.Of(await desk.MeasureAsync(name, OldestReport, cancellationToken), time.GetUtcNow()));
}
