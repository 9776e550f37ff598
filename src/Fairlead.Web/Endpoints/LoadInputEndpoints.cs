using System.Text;
using Fairlead.Predictions.Sampling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class LoadInputEndpoints
{
    private const int DefaultRows = 10_000;

    public static void MapLoadInputs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/load-inputs", AnswerAsync).WithTags("predictions")
            .WithSummary("Draws rows to make requests of, from a dataset, the output of a step or recorded predictions; JSON lines: {\"columns\": […]}, then an array for each row.");

    private static async Task<ContentHttpResult> AnswerAsync(string service, string data, int? rows, int? seed, RowSources sources, CancellationToken cancellationToken) =>
        TypedResults.Text(await sources.ReadAsync(service, data, rows ?? DefaultRows, seed ?? 0, cancellationToken), "application/x-ndjson", Encoding.UTF8);
}
