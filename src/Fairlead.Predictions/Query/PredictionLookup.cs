using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>Finds one prediction by its id. The id holds its time, so that only the files of that time are read.</summary>
public sealed class PredictionLookup(PredictionStore store)
{
    /// <summary>The prediction, or null when none with that id is recorded.</summary>
    public async Task<Prediction?> FindAsync(PredictionId id, CancellationToken cancellationToken)
    {
        using var snapshot = await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false);
        var earliest = id.UnixMilliseconds * 1000;
        var files = snapshot.PredictionFiles
            .Where(file => file.FirstTime < earliest + 1000 && file.LastTime >= earliest)
            .Select(file => file.Path)
            .ToList();
        return files.Count == 0
            ? null
            : await Task.Run(
                () => Find($"{PredictionViews.PredictionsQuery(files)} WHERE id = $1::UUID LIMIT 1", id, Read, cancellationToken),
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The prediction's last outcome, or null when there is none (yet).</summary>
    public async Task<RecordedOutcome?> FindOutcomeAsync(PredictionId id, CancellationToken cancellationToken)
    {
        using var snapshot = await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.OutcomeFiles.Count == 0
            ? null
            : await Task.Run(
                () => Find($"{PredictionViews.OutcomesQuery(snapshot.Outcomes)} WHERE prediction = $1::UUID ORDER BY \"time\" DESC LIMIT 1", id, ReadOutcome, cancellationToken),
                cancellationToken).ConfigureAwait(false);
    }

    private T? Find<T>(string sql, PredictionId id, Func<DuckDbResult, T> read, CancellationToken cancellationToken)
        where T : class
    {
        using var connection = store.Database.Connect();
        using var result = connection.Connection.Query(sql, cancellationToken, id.ToGuid());
        return result.Read(cancellationToken) ? read(result) : null;
    }

    private static Prediction Read(DuckDbResult row)
    {
        var columns = row.Columns.Select((column, index) => (column.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        return new Prediction
        {
            Id = Id("id"),
            Request = Id("request"),
            Row = (int)Value("row")!,
            Time = new DateTimeOffset((DateTime)Value("time")!),
            Environment = Text("environment")!,
            Service = Text("service")!,
            ServerGroup = ServerGroupName.Parse(Text("server_group")!),
            Release = ReleaseName.Parse(Text("release")!),
            Model = Text("model"),
            ModelVersion = (int?)Value("model_version"),
            ModelDigest = Digest.Parse(Text("model_digest")!),
            Role = Enum.Parse<PredictionRole>(Text("role")!, ignoreCase: true),
            Unit = Text("unit"),
            RequestId = Text("request_id"),
            Status = (int)Value("status")!,
            Error = Text("error"),
            LatencyMicroseconds = (int)Value("latency_us")!,
            Configuration = Digest.Parse(Text("configuration")!),
            TraceId = Text("trace_id"),
            Inputs = JsonFields.From(Value("input"), withNulls: true),
            Outputs = JsonFields.From(Value("output"), withNulls: true),
        };

        object? Value(string name) => row.Value(columns[name]);
        string? Text(string name) => (string?)Value(name);
        PredictionId Id(string name) => PredictionId.Parse(((Guid)Value(name)!).ToString("D"));
    }

    private static RecordedOutcome ReadOutcome(DuckDbResult row) =>
        new(new DateTimeOffset((DateTime)row.Value(1)!), JsonFields.From(row.Value(2), withNulls: false) ?? new Dictionary<string, System.Text.Json.JsonElement>());
}
