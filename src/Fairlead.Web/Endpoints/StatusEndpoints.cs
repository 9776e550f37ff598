using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", FindAsync).WithTags("status").WithSummary("What runs where.");
        routes.MapGet("/api/live", Live).WithTags("status").WithSummary("Answers as soon as the control plane does.");
    }

    private static async Task<Ok<StatusAnswer>> FindAsync(StatusReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(cancellationToken));

    private static NoContent Live() => TypedResults.NoContent();
}
