using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>What is asked of one prediction, over one state of the files, on one connection. An id holds its time, so that few files are read. One thread at a time.</summary>
internal sealed class LookupSession(PredictionStore store, PredictionSnapshot snapshot, CancellationToken cancellationToken) : IDisposable
{
    private const long MicrosecondsAround = 60_000_000;

    // What the view "scored" says of this prediction, without matching any other. The id's time keeps the search to few files.
    private const string KeyedOutcomeQuery =
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

    private QueryConnection? opened;

    private DuckDbConnection Connection => (opened ??= store.Database.Connect()).Connection;

    /// <summary>The prediction, or null when none with that id is recorded.</summary>
    public Prediction? Find(PredictionId id)
    {
        var time = Micros(id);
        var files = FilesOf(time, time + 999);
        // Files that differ are searched one after another, so that the values keep the types that they were recorded with.
        foreach (var (_, alike) in store.Shapes.Group(() => Connection, files, cancellationToken))
        {
            var query = PredictionViews.PredictionsQuery(() => Connection, alike, store.Shapes, cancellationToken);
            if ((Find(query, $"{WhereId(id)} AND {NearId(id)}") ?? Find(query, WhereId(id))) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The prediction's last outcome, or null when there is none (yet).</summary>
    /// <param name="mayHaveUnit">False when the prediction is known to have no unit, so that no outcome of a key is about it.</param>
    public RecordedOutcome? FindOutcome(PredictionId id, bool mayHaveUnit)
    {
        if (snapshot.OutcomeFiles.Count == 0)
            return null;
        // Only an outcome of a key has to be matched with the prediction itself.
        return mayHaveUnit && PredictionViews.HasKeyed(() => Connection, snapshot, store.Shapes, cancellationToken) ? FindKeyedOutcome(id) : FindOutcomeOf(id);
    }

    /// <summary>The first columns of predictions that were recorded in a span of time.</summary>
    /// <param name="columns">In SQL.</param>
    /// <param name="condition">Over what every row has; inputs and outputs are not there.</param>
    public IReadOnlyList<object?[]> Read(string columns, string condition, DateTimeOffset from, DateTimeOffset to, int most)
    {
        var (first, last) = (Micros(from), Micros(to));
        var files = FilesOf(first, last);
        var rows = new List<object?[]>();
        if (files.Count == 0)
            return rows;
        var query = PredictionViews.PredictionsQuery(() => Connection, files, store.Shapes, cancellationToken);
        using var result = Connection.Query(
            $"SELECT {columns} FROM ({query}) WHERE {condition} AND \"time\" BETWEEN make_timestamptz({first}) AND make_timestamptz({last}) ORDER BY \"time\", id LIMIT {most}", cancellationToken);
        while (result.Read(cancellationToken))
            rows.Add([.. result.Columns.Select((_, column) => result.Value(column))]);
        return rows;
    }

    public void Dispose()
    {
        opened?.Dispose();
        snapshot.Dispose();
    }

    private List<string> FilesOf(long first, long last) =>
        [.. snapshot.PredictionFiles.Where(file => file.FirstTime <= last && file.LastTime >= first).Select(file => file.Path)];

    private Prediction? Find(string query, string condition)
    {
        using var result = Connection.Query($"FROM ({query}) WHERE {condition} LIMIT 1", cancellationToken);
        return result.Read(cancellationToken) ? ReadPrediction(result) : null;
    }

    // Written out, for what is bound later is not held against what the files say of their rows.
    private static string WhereId(PredictionId id) => $"id = {Literal(id)}";

    private static string Literal(PredictionId id) => $"'{id.ToGuid():D}'::UUID";

    /// <summary>A row's time is that of its id, unless its record says otherwise: around it few row groups are read.</summary>
    private static string NearId(PredictionId id) =>
        $"\"time\" BETWEEN make_timestamptz({Micros(id) - MicrosecondsAround}) AND make_timestamptz({Micros(id) + MicrosecondsAround})";

    private static long Micros(PredictionId id) => id.UnixMilliseconds * 1000;

    private static long Micros(DateTimeOffset time) => (time.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private RecordedOutcome? FindOutcomeOf(PredictionId id)
    {
        var direct = store.Shapes.Group(() => Connection, snapshot.Outcomes, cancellationToken).Where(group => group.Shape.Has("prediction")).SelectMany(group => group.Files).ToList();
        var files = store.OutcomeSpans.FilesOf(id, direct, Connection, cancellationToken);
        if (files.Count == 0)
            return null;
        var query = PredictionViews.OutcomesQuery(() => Connection, files, store.Shapes, cancellationToken);
        using var result = Connection.Query($"SELECT \"time\", outcome FROM ({query}) WHERE prediction = {Literal(id)} ORDER BY \"time\" DESC, posted DESC LIMIT 1", cancellationToken);
        return result.Read(cancellationToken) ? ReadOutcome(result) : null;
    }

    private RecordedOutcome? FindKeyedOutcome(PredictionId id)
    {
        PredictionViews.Create(Connection, snapshot, store.Shapes, [PredictionViews.Predictions, PredictionViews.Outcomes], cancellationToken);
        using var result = Connection.Query(KeyedOutcomeQuery, cancellationToken, id.ToGuid(), DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(id.UnixMilliseconds)));
        return result.Read(cancellationToken) ? ReadOutcome(result) : null;
    }

    private static Prediction ReadPrediction(DuckDbResult row)
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
