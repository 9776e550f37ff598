using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class PredictionEndpoints
{
    public static void MapPredictions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/predictions/{id}/trace", TraceAsync).WithTags("predictions")
            .WithSummary("A prediction with its inputs and outputs, and where it came from: server group, release, model version, run, commit, dataset versions.");

    private static async Task<JsonHttpResult<PredictionTrace>> TraceAsync(string id, PredictionTracer tracer, CancellationToken cancellationToken) =>
        TypedResults.Json(await tracer.TraceAsync(PredictionId.Parse(id), cancellationToken), TracingJson.Default.PredictionTrace);
}
