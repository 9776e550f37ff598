using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class QueryEndpoints
{
    private const int FlushBytes = 64 * 1024;

    private const string MissingFiles = "fairlead-missing-files";
    private const string MissingRowsName = "fairlead-missing-rows";
    private const string Csv = "text/csv";
    private const string Parquet = "application/vnd.apache.parquet";

    public static void MapQuery(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/query", AnswerAsync).WithTags("predictions")
            .WithSummary($"Answers SQL over predictions, outcomes, scored and the catalog; JSON lines: {{\"columns\": […], \"missing\": {{\"files\": …, \"rows\": …}} when files are damaged}}, then an array for each row. With 'Accept: {Csv}' or '{Parquet}' a file.");
        routes.MapGet("/api/queries", ListAsync).WithTags("predictions").WithSummary("The saved queries, by name.");
        routes.MapPut("/api/queries/{name}", SaveAsync).WithTags("predictions").WithSummary("Checks a query and keeps it under a name.");
        routes.MapGet("/api/queries/{name}/rows", RunSavedAsync).WithTags("predictions")
            .WithSummary("Runs a saved query; '?format=json|csv|parquet&limit=…&skipDamaged=…', and its parameters by name as further values of the query.");
        routes.MapDelete("/api/queries/{name}", DeleteAsync).WithTags("predictions").WithSummary("Forgets a saved query.");
    }

    private static async Task<Ok<IReadOnlyList<SavedQuery>>> ListAsync(SavedQueries saved, CancellationToken cancellationToken) =>
        TypedResults.Ok(await saved.ListAsync(cancellationToken));

    private static async Task<Ok<SavedQuery>> SaveAsync(string name, SavedQueryBody body, SavedQueries saved, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.Sql)
            ? throw FairleadException.Invalid("The body has no 'sql'; send {\"sql\": \"select …\"}.")
            : TypedResults.Ok(await saved.SaveAsync(name, body.Sql, body.Description, Callers.Name(body.By), cancellationToken));

    private static async Task<NoContent> DeleteAsync(string name, SavedQueries saved, CancellationToken cancellationToken)
    {
        await saved.DeleteAsync(name, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task RunSavedAsync(string name, string? format, int? limit, bool? skipDamaged, SavedQueries saved, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        var body = new QueryBody(null, limit)
        {
            Name = name,
            SkipDamaged = skipDamaged ?? false,
            Parameters = context.Request.Query.Where(pair => pair.Key is not ("format" or "limit" or "skipDamaged"))
                .ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value.ToString(), WebJson.Default.String)),
        };
        var kind = format switch
        {
            null or "json" => (QueryFormat?)null,
            "csv" => QueryFormat.Csv,
            "parquet" => QueryFormat.Parquet,
            _ => throw FairleadException.Invalid($"The format '{format}' is not known; use json, csv or parquet."),
        };
        await SendAsync(await QueryRequest.FromAsync(body, saved, cancellationToken), kind, query, context, cancellationToken);
    }

    private static async Task AnswerAsync(QueryBody body, SavedQueries saved, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        var accept = context.Request.Headers.Accept.ToString();
        var format = accept.Contains(Parquet, StringComparison.OrdinalIgnoreCase) ? QueryFormat.Parquet
            : accept.Contains(Csv, StringComparison.OrdinalIgnoreCase) ? QueryFormat.Csv
            : (QueryFormat?)null;
        await SendAsync(await QueryRequest.FromAsync(body, saved, cancellationToken), format, query, context, cancellationToken);
    }

    private static async Task SendAsync(QueryRequest request, QueryFormat? format, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (format is { } kind)
        {
            // Written whole before the first byte goes out, so that a failure has its status.
            using var file = await query.ExportAsync(request.Sql, kind, request.Options, cancellationToken);
            context.Response.ContentType = kind == QueryFormat.Csv ? $"{Csv}; charset=utf-8" : Parquet;
            context.Response.Headers["fairlead-rows"] = file.Rows.ToString(CultureInfo.InvariantCulture);
            if (file.Missing.Files > 0)
            {
                context.Response.Headers[MissingFiles] = file.Missing.Files.ToString(CultureInfo.InvariantCulture);
                context.Response.Headers[MissingRowsName] = file.Missing.Rows.ToString(CultureInfo.InvariantCulture);
            }

            await context.Response.SendFileAsync(file.Path, cancellationToken);
            return;
        }

        await using var result = await query.RunAsync(request.Sql, request.Options, cancellationToken);
        context.Response.ContentType = "application/x-ndjson";
        try
        {
            await WriteAsync(result, context, cancellationToken);
        }
        catch (FairleadException e) when (context.Response.HasStarted)
        {
            // The status has gone out: the last line tells.
            await JsonSerializer.SerializeAsync(context.Response.Body, new ErrorLine(e.Message, e.Kind), WebJson.Default.ErrorLine, cancellationToken);
        }
    }

    private static async Task WriteAsync(QueryResult result, HttpContext context, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        WriteColumns(writer, result.Columns, result.Missing);
        EndLine(writer, buffer);
        await foreach (var row in result.ReadRowsAsync(cancellationToken))
        {
            QueryRowWriter.Write(writer, row);
            EndLine(writer, buffer);
            if (buffer.WrittenCount < FlushBytes)
                continue;
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }

        await context.Response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
    }

    private static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<QueryColumn> columns, MissingRows missing)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (missing.Files > 0)
        {
            writer.WriteStartObject("missing");
            writer.WriteNumber("files", missing.Files);
            writer.WriteNumber("rows", missing.Rows);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }
}
