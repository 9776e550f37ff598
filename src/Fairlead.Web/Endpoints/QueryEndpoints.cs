using System.Buffers;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class QueryEndpoints
{
    private const int FlushBytes = 64 * 1024;

    public static void MapQuery(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/query", AnswerAsync).WithTags("predictions")
            .WithSummary("Answers SQL over predictions, outcomes and scored; JSON lines: {\"columns\": […]}, then an array for each row.");

    private static async Task AnswerAsync(QueryBody body, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Sql))
            throw FairleadException.Invalid("The body has no 'sql'; send {\"sql\": \"select …\"}.");
        if (body.Limit is < 1)
            throw FairleadException.Invalid($"The limit '{body.Limit}' is not accepted; expected 1 or more.");
        await using var result = await query.RunAsync(body.Sql, new QueryOptions { Limit = body.Limit }, cancellationToken);
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
        WriteColumns(writer, result.Columns);
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

    private static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<QueryColumn> columns)
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
        writer.WriteEndObject();
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }
}
