using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Scoring;
using Fairlead.Steps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Fairlead.Web.Endpoints;

internal static class LoadInputEndpoints
{
    private const int DefaultRows = 10_000;
    private const int MaxRows = 100_000;

    public static void MapLoadInputs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/load-inputs", AnswerAsync).WithTags("predictions")
            .WithSummary("Draws rows to make requests of, from a dataset, the output of a step or recorded predictions; JSON lines: {\"columns\": […]}, then an array for each row.");

    private static async Task<ContentHttpResult> AnswerAsync(
        string service, string data, int? rows, int? seed, IWorkspace workspace, StepEngine runs, IArtifactStore store, PredictionQuery query, CancellationToken cancellationToken)
    {
        var count = rows ?? DefaultRows;
        if (count is < 1 or > MaxRows)
            throw FairleadException.Invalid($"The number of rows '{rows}' is not accepted; expected 1 to {MaxRows}.");
        if (seed is < 0)
            throw FairleadException.Invalid($"The seed '{seed}' is not accepted; expected 0 or more.");
        if (LoadInputSource.ConditionOf(data) is { } condition)
            return Lines(await ReadPredictionsAsync(query, service, condition, count, seed ?? 0, cancellationToken));
        var snapshot = await workspace.ReadAsync(cancellationToken);
        var paths = await LocateAsync(snapshot, LoadInputSource.Find(snapshot.Project, data), workspace, runs, store, cancellationToken);
        return Lines(await Task.Run(() => RowFileSample.Read(paths, data, count, seed ?? 0, cancellationToken), cancellationToken));
    }

    private static ContentHttpResult Lines(string lines) => TypedResults.Text(lines, "application/x-ndjson", Encoding.UTF8);

    private static async Task<IReadOnlyList<string>> LocateAsync(
        ProjectSnapshot snapshot, LoadInputSource source, IWorkspace workspace, ICurrentRuns runs, IArtifactStore store, CancellationToken cancellationToken)
    {
        if (source.Dataset is { } dataset)
        {
            var path = Path.GetFullPath(dataset.Path, workspace.Root);
            return Path.Exists(path)
                ? [path]
                : throw FairleadException.NotFound($"There is nothing at '{dataset.Path}', where the dataset '{dataset.Name}' should be; put the data there or correct `path`.");
        }

        var current = await runs.FindAsync(snapshot, [source.Step!], cancellationToken);
        var artifact = current[source.Step!].Outputs.Single(output => output.Name == source.Output).Artifact;
        if (artifact.Kind == ArtifactKind.Blob)
            return [store.PathOf(artifact.Digest)];
        return [.. (await store.ReadTreeAsync(artifact.Digest, cancellationToken)).Select(entry => store.PathOf(entry.Digest))];
    }

    /// <summary>In the order of a hash of their ids, so that the same seed draws the same ones as long as no new ones are recorded.</summary>
    private static async Task<string> ReadPredictionsAsync(PredictionQuery query, string service, string condition, int rows, int seed, CancellationToken cancellationToken)
    {
        // A comment at the condition's end must not swallow what follows it.
        var sql =
            $"""
            select input.*, unit from predictions
            where service = '{service.Replace("'", "''", StringComparison.Ordinal)}' and "role" = 'live' and input is not null
            and ({(condition.Length == 0 ? "true" : condition)}
            )
            order by hash(id::varchar || '{seed}') limit {rows}
            """;
        await using var result = await query.RunAsync(sql, new QueryOptions(), cancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("columns");
        foreach (var column in result.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        EndLine(json, buffer);
        await foreach (var row in result.ReadRowsAsync(cancellationToken))
        {
            QueryRowWriter.Write(json, row);
            EndLine(json, buffer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}
