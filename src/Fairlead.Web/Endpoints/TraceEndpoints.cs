using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
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
            .WithSummary("Runs, releases, deployments and predictions as OpenLineage run events, a line each, oldest first; with '?subject=…' those of what a trace of it tells.");
    }

    private static async Task<ContentHttpResult> ExportAsync(
        DateTimeOffset? since, string? subject, OpenLineageExport export, PredictionTracer predictions, CancellationToken cancellationToken)
    {
        // A prediction came from where its server group came from.
        if (PredictionId.TryParse(subject, out var prediction))
            subject = $"group:{(await predictions.TraceAsync(prediction, cancellationToken)).ServerGroup}";
        var events = subject is null ? await export.ReadAsync(since, cancellationToken)
            : since is null ? await export.TraceAsync(subject, cancellationToken)
            : throw FairleadException.Invalid("The events of a subject are told whole; leave out one of 'since' and 'subject'.");
        return TypedResults.Text(string.Concat(events.Select(told => told + "\n")), "application/x-ndjson");
    }

    private static async Task<JsonHttpResult<Lineage>> TraceAsync(string subject, int? depth, LineageTracer tracer, CancellationToken cancellationToken) => TypedResults.Json(
        await tracer.TraceAsync(subject, depth is { } some ? new LineageOptions { Depth = some } : new LineageOptions(), cancellationToken),
        TracingJson.Default.Lineage);
}
