using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Canaries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class CanaryEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1000;

    public static void MapCanaries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/canaries").WithTags("canaries");
        group.MapGet("", ListAsync).WithSummary("Lists the looks that were taken at canaries, newest first, with their verdicts.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One look: how it was judged, and every metric with its interval and reason.");
        group.MapGet("{number:int}/series", ReadSeriesAsync).WithSummary("The points that were judged; those that are missing are \"NaN\".");
        group.MapGet("{number:int}/check", CheckAsync).WithSummary("The verdict had again from the points that were kept, and whether it is the same.");
    }

    private static async Task<JsonHttpResult<IReadOnlyList<CanaryReport>>> ListAsync(
        string? environment, string? service, int? rollout, int? execution, int? limit, CanaryDesk desk, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Json(
                await desk.ListAsync(
                    new CanaryFilter { Environment = environment, Service = service, Rollout = rollout, Execution = execution, Limit = limit ?? DefaultLimit }, cancellationToken),
                CanariesJson.Default.IReadOnlyListCanaryReport);

    private static async Task<JsonHttpResult<CanaryReport>> FindAsync(int number, CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Json(await desk.FindAsync(number, cancellationToken), CanariesJson.Default.CanaryReport);

    private static async Task<JsonHttpResult<CanarySeriesSet>> ReadSeriesAsync(int number, CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Json(new CanarySeriesSet(await desk.ReadSeriesAsync(await desk.FindAsync(number, cancellationToken), cancellationToken)), CanariesJson.Default.CanarySeriesSet);

    private static async Task<JsonHttpResult<CanaryCheck>> CheckAsync(int number, CanaryDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Json(await desk.CheckAsync(await desk.FindAsync(number, cancellationToken), cancellationToken), CanariesJson.Default.CanaryCheck);
}
