using Fairlead.Delivery.Environments;
using Fairlead.Domain.Problems;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The page of an environment.</summary>
internal static class EnvironmentPageEndpoints
{
    public static void MapEnvironmentPages(this IEndpointRouteBuilder pages) => pages.MapGet("/environments/{environment}", FindAsync);

    private static async Task<RazorComponentResult> FindAsync(string environment, EnvironmentDesk desk, CancellationToken cancellationToken) =>
        PageResults.Of(EnvironmentDetailView.Of(await desk.FindAsync(environment, cancellationToken), await PreviewAsync(environment, desk, cancellationToken)));

    private static async Task<EnvironmentDiff?> PreviewAsync(string environment, EnvironmentDesk desk, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.PreviewAsync(environment, null, [], cancellationToken);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            // There is no release yet.
            return null;
        }
    }
}
