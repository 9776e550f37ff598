using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>Finds one prediction by its id. The id holds its time, so that only the files of that time are read.</summary>
public sealed class PredictionLookup(PredictionStore store)
{
    private const long MicrosecondsAround = 60_000_000;

    // What the view "scored" says of this prediction, without matching any other. The id's time keeps the search to few files.
    private const string OutcomeQuery =
        """
        WITH p AS MATERIALIZED (
          SELECT id, "time", environment, service, unit, "role" FROM predictions
          WHERE id = $1::UUID AND "date" BETWEEN $2::DATE - 1 AND $2::DATE + 1
        )
        SELECT "time", outcome FROM (
          SELECT "time", posted, outcome FROM outcomes WHERE prediction = $1::UUID
          UNION ALL
          SELECT o."time", o.posted, o.outcome FROM outcomes o JOIN p ON o.unit = p.unit AND o.service = p.service AND (o.environment IS NULL OR o.environment = p.environment)
          WHERE p."role" = 'live' AND o."time" >= p."time" AND o."time" - to_microseconds(o.window_us) < p."time" AND (o."every" OR NOT EXISTS (
            SELECT 1 FROM predictions later
            WHERE later."role" = 'live' AND later.unit = o.unit AND later.service = o.service AND later.environment = p.environment
              AND later."time" > p."time" AND later."time" <= o."time"))
        )
        ORDER BY "time" DESC, posted DESC LIMIT 1
        """;

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
            : await Task.Run(() => Find(id, files, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The prediction's last outcome, or null when there is none (yet).</summary>
    public async Task<RecordedOutcome?> FindOutcomeAsync(PredictionId id, CancellationToken cancellationToken)
    {
        using var snapshot = await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.OutcomeFiles.Count == 0
            ? null
            : await Task.Run(() => FindOutcome(id, snapshot, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    // Files that differ are searched one after another, so that the values keep the types that they were recorded with.
    private Prediction? Find(PredictionId id, List<string> files, CancellationToken cancellationToken)
    {
        using var connection = store.Database.Connect();
        foreach (var (_, alike) in store.Shapes.Group(() => connection.Connection, files, cancellationToken))
        {
            var query = PredictionViews.PredictionsQuery(() => connection.Connection, alike, store.Shapes, cancellationToken);
            if ((Find(connection.Connection, query, $"{WhereId(id)} AND {NearId(id)}", cancellationToken) ?? Find(connection.Connection, query, WhereId(id), cancellationToken)) is { } found)
                return found;
        }

        return null;
    }

    private static Prediction? Find(DuckDbConnection connection, string query, string condition, CancellationToken cancellationToken)
    {
        using var result = connection.Query($"FROM ({query}) WHERE {condition} LIMIT 1", cancellationToken);
        return result.Read(cancellationToken) ? Read(result) : null;
    }

    // Written out, for what is bound later is not held against what the files say of their rows.
    private static string WhereId(PredictionId id) => $"id = {Literal(id)}";

    private static string Literal(PredictionId id) => $"'{id.ToGuid():D}'::UUID";

    /// <summary>A row's time is that of its id, unless its record says otherwise: around it few row groups are read.</summary>
    private static string NearId(PredictionId id)
    {
        var time = id.UnixMilliseconds * 1000;
        return $"\"time\" BETWEEN make_timestamptz({time - MicrosecondsAround}) AND make_timestamptz({time + MicrosecondsAround})";
    }

    private static DateTime TimeOf(PredictionId id) => DateTime.UnixEpoch.AddMilliseconds(id.UnixMilliseconds);

    private RecordedOutcome? FindOutcome(PredictionId id, PredictionSnapshot snapshot, CancellationToken cancellationToken)
    {
        using var connection = store.Database.Connect();
        // Only an outcome of a key has to be matched with the prediction itself.
        var hasKeyed = PredictionViews.HasKeyed(() => connection.Connection, snapshot, store.Shapes, cancellationToken);
        IReadOnlyCollection<string> views = hasKeyed ? [PredictionViews.Predictions, PredictionViews.Outcomes] : [PredictionViews.Outcomes];
        PredictionViews.Create(connection.Connection, snapshot, store.Shapes, views, cancellationToken);
        using var result = hasKeyed
            ? connection.Connection.Query(OutcomeQuery, cancellationToken, id.ToGuid(), DateOnly.FromDateTime(TimeOf(id)))
            : connection.Connection.Query($"SELECT \"time\", outcome FROM outcomes WHERE prediction = {Literal(id)} ORDER BY \"time\" DESC, posted DESC LIMIT 1", cancellationToken);
        return result.Read(cancellationToken) ? ReadOutcome(result) : null;
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
        new(new DateTimeOffset((DateTime)row.Value(0)!), JsonFields.From(row.Value(1), withNulls: false) ?? new Dictionary<string, System.Text.Json.JsonElement>());
}
