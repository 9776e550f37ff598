using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class StoreEndpoints
{
    // A POST although it changes nothing: it reads everything, which no link on a page of another site may set off.
    public static void MapStore(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/store/check", CheckAsync).WithTags("store").WithSummary("Re-hashes every blob and every file of predictions; names those that are damaged or missing, and what the blobs belong to.");

    private static async Task<Ok<StoreCheckAnswer>> CheckAsync(UserBody body, StoreCheck check, CancellationToken cancellationToken) =>
        TypedResults.Ok(await check.RunAsync(cancellationToken));
}
