using Fairlead.Predictions.Tracing;
using Fairlead.Predictions.Tracing.OpenLineage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class TraceEndpoints
{
    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/trace", TraceAsync).WithTags("predictions")
            .WithSummary("Where a dataset or model version, a run, a release, a server group or a commit came from, and what it reached, with the number of its predictions.");
        routes.MapGet("/api/openlineage", ExportAsync).WithTags("predictions")
            .WithSummary("Runs, deployments and predictions as OpenLineage run events, a line each, oldest first.");
    }

    private static async Task<ContentHttpResult> ExportAsync(DateTimeOffset? since, OpenLineageExport export, CancellationToken cancellationToken) =>
        TypedResults.Text(string.Concat((await export.ReadAsync(since, cancellationToken)).Select(told => told + "\n")), "application/x-ndjson");

    private static async Task<JsonHttpResult<Lineage>> TraceAsync(string subject, int? depth, LineageTracer tracer, CancellationToken cancellationToken) => TypedResults.Json(
        await tracer.TraceAsync(subject, depth is { } some ? new LineageOptions { Depth = some } : new LineageOptions(), cancellationToken),
        TracingJson.Default.Lineage);
}
