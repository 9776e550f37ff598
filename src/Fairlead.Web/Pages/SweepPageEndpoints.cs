using Fairlead.Sweeps.Running;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about sweeps.</summary>
internal static class SweepPageEndpoints
{
    private const int Shown = 200;

    public static void MapSweepPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagePaths.Sweeps, ListAsync);
        pages.MapGet(PagePaths.Sweeps + "/{number:int}", ShowAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(string? step, SweepCatalog sweeps, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(new SweepsView([.. (await sweeps.ListAsync(step, Shown, cancellationToken)).Select(sweep => SweepRow.Of(sweep, time.GetUtcNow()))]));

    private static async Task<RazorComponentResult> ShowAsync(int number, SweepCatalog sweeps, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(SweepView.Of(await sweeps.ReportAsync(number, cancellationToken), time.GetUtcNow()));
}
