using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Sampling;

/// <summary>Draws rows to ask a service with, from a dataset, the output of a step or recorded predictions.</summary>
public sealed class RowSources(IWorkspace workspace, ICurrentRuns runs, ICurrentDatasets datasets, IArtifactStore store, IServerGroupCatalog groups, PredictionQuery query)
{
    public const int MaxRows = 100_000;

    /// <summary>Of an answer: rows of a command may hold a MiB each, and beyond this the sample is what there is.</summary>
    private const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Whether recorded predictions are meant.</summary>
    public static bool IsPredictions(string data) => RowSource.ConditionOf(data) is not null;

    /// <param name="data">A dataset, <c>STEP/OUTPUT</c>, <c>NAME:PART</c>, <c>predictions</c> or <c>predictions:CONDITION</c>.</param>
    /// <param name="rows">1 to <see cref="MaxRows"/>.</param>
    /// <param name="seed">Null for the first ones, in their order.</param>
    /// <returns>
    /// JSON lines: <c>{"columns": [{"name": …, "type": …}, …]}</c>, then an array for each row. Recorded predictions have the inputs' columns and <c>unit</c>; those of a command
    /// <c>method</c>, <c>path</c>, <c>type</c>, <c>body</c> (null where the log does not hold what was sent) and <c>unit</c>.
    /// </returns>
    /// <exception cref="FairleadException">Invalid or NotFound: there is no such data, or it holds no rows.</exception>
    public async Task<string> ReadAsync(string service, string data, int rows, int? seed, CancellationToken cancellationToken)
    {
        if (rows is < 1 or > MaxRows)
            throw FairleadException.Invalid($"The number of rows '{rows}' is not accepted; expected 1 to {MaxRows}.");
        if (seed < 0)
            throw FairleadException.Invalid($"The seed '{seed}' is not accepted; expected 0 or more.");
        if (RowSource.ConditionOf(data) is { } condition)
            return await ReadPredictionsAsync(service, condition, rows, seed, cancellationToken).ConfigureAwait(false);
        var snapshot = await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var paths = await LocateAsync(snapshot, RowSource.Find(snapshot.Project, data), cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => RowFileSample.Read(paths, data, rows, seed, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> LocateAsync(ProjectSnapshot snapshot, RowSource source, CancellationToken cancellationToken)
    {
        if (source.Dataset is { Path: { } declared } && Path.GetFullPath(declared, workspace.Root) is var path && Path.Exists(path))
            return [path];
        var artifact = source.Dataset is { } dataset
            ? await datasets.FindDatasetAsync(snapshot, dataset.Name, cancellationToken).ConfigureAwait(false)
            : (await runs.FindAsync(snapshot, [source.Step!], cancellationToken).ConfigureAwait(false))[source.Step!].Outputs.Single(output => output.Name == source.Output).Artifact;
        if (artifact.Kind == ArtifactKind.Blob)
            return [store.PathOf(artifact.Digest)];
        return [.. (await store.ReadTreeAsync(artifact.Digest, cancellationToken).ConfigureAwait(false)).Select(entry => store.PathOf(entry.Digest))];
    }

    /// <summary>In the order of a hash of their ids, so that the same seed draws the same ones as long as no new ones are recorded.</summary>
    private async Task<string> ReadPredictionsAsync(string service, string condition, int rows, int? seed, CancellationToken cancellationToken)
    {
        var own = await groups.ListAsync(environment: null, service, cancellationToken).ConfigureAwait(false);
        var isCommand = RecordedCallSql.IsFor(own);
        var name = DuckDbText.Literal(service);
        if (isCommand && !await AreCallsRecordedAsync(name, cancellationToken).ConfigureAwait(false))
            return RecordedCallSql.None;

        // A comment at the condition's end must not swallow what follows it.
        var sql =
            $"""
            select {(isCommand ? RecordedCallSql.Select(own) : "input.*")}, unit from predictions
            where service = {name} and "role" = 'live' and {(isCommand ? RecordedCallSql.Condition : "input is not null")}
            and ({(condition.Length == 0 ? "true" : condition)}
            )
            order by {(seed is null ? "id" : $"hash(id::varchar || '{seed}')")} limit {rows}
            """;
        await using var result = await query.RunAsync(sql, new QueryOptions(), cancellationToken).ConfigureAwait(false);
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
        await foreach (var row in result.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            QueryRowWriter.Write(json, row);
            EndLine(json, buffer);
            if (buffer.WrittenCount > MaxBytes)
                break;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Before the first request, and of what was a model until now, there is no record with the fields of a call.</summary>
    private async Task<bool> AreCallsRecordedAsync(string service, CancellationToken cancellationToken)
    {
        await using var result = await query.RunAsync($"select input.* from predictions where service = {service} limit 0", new QueryOptions(), cancellationToken).ConfigureAwait(false);
        return RecordedCallSql.IsRecorded(result.Columns.Select(column => column.Name));
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }
}
