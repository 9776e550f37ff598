using Fairlead.Steps;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The page about steps.</summary>
internal static class StepPageEndpoints
{
    public static void MapStepPages(this IEndpointRouteBuilder pages) => pages.MapGet(PagePaths.Steps, ShowAsync);

    private static async Task<RazorComponentResult> ShowAsync(string[]? step, bool? fold, StepEngine engine, CancellationToken cancellationToken) =>
        PageResults.Of(StepsView.Of(await engine.DescribeAsync(step ?? [], fold, cancellationToken)));
}
