using Fairlead.Domain.Problems;
using Fairlead.Predictions.Outcomes;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class OutcomeEndpoints
{
    public static void MapOutcomes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/outcomes", PostAsync).WithTags("predictions").WithSummary("Records what turned out to be true; on the disk when this answers.");
        routes.MapPost("/api/outcomes/import", ImportAsync).WithTags("predictions")
            .WithSummary("Records a file of outcomes, all rows or none: CSV (text/csv), Parquet (application/vnd.apache.parquet) or JSON lines (application/x-ndjson); '?id=&unit=&time=&value=' name columns, 'text=' those that are texts whatever they look like, 'service=' whose units they are, 'skipBad=true' leaves bad rows out.");
    }

    private static async Task<Ok<OutcomesAnswer>> PostAsync(OutcomesBody body, OutcomeLog log, CancellationToken cancellationToken)
    {
        if (body.Outcomes is null)
            throw FairleadException.Invalid("The body has no 'outcomes'; send {\"outcomes\": [{\"prediction\": id, \"outcome\": {…}}]}.");
        if (body.Outcomes.Any(outcome => outcome is null))
            throw FairleadException.Invalid("An outcome is null; send {\"prediction\": id, \"outcome\": {…}} for each.");
        var receipt = await log.PostAsync([.. body.Outcomes.Select(Of)], cancellationToken);
        return TypedResults.Ok(new OutcomesAnswer(receipt.Recorded) { Erased = receipt.Erased });
    }

    private static Outcome Of(OutcomeBody body) => new(body.Prediction ?? default, body.Outcome, body.Time)
    {
        Unit = body.Unit is null && body.Service is null ? null : new OutcomeUnit(body.Service ?? "", body.Environment, body.Unit ?? ""),
    };

    private static async Task<Ok<OutcomeImportAnswer>> ImportAsync(
        string? service, string? environment, string? id, string? unit, string? time, [FromQuery] string[]? value, [FromQuery] string[]? text, bool? skipBad, OutcomeImport import, HttpContext context, CancellationToken cancellationToken)
    {
        var format = FormatOf(context.Request.ContentType);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var mapping = new OutcomeMapping
        {
            Service = service, Environment = environment, IdColumn = id, UnitColumn = unit, TimeColumn = time, ValueColumns = value ?? [], TextColumns = text ?? [], SkipBad = skipBad ?? false,
        };
        Directory.CreateDirectory(import.Inbox);
        var path = Path.Combine(import.Inbox, $"outcomes-{Guid.NewGuid():N}");
        try
        {
            await using (var file = File.Create(path))
                await context.Request.Body.CopyToAsync(file, cancellationToken);
            var report = await import.ReadAsync(path, format, mapping, cancellationToken);
            return TypedResults.Ok(new OutcomeImportAnswer(report.Recorded, report.Skipped, report.Problems) { Erased = report.Erased });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static OutcomeFileFormat FormatOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" => OutcomeFileFormat.Csv,
        "application/vnd.apache.parquet" or "application/parquet" => OutcomeFileFormat.Parquet,
        "application/x-ndjson" or "application/jsonl" => OutcomeFileFormat.JsonLines,
        _ => throw FairleadException.Invalid($"The content type '{contentType}' is not taken; send text/csv, application/vnd.apache.parquet or application/x-ndjson."),
    };
}
