using System.Collections.Frozen;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>The views over the files of one snapshot. They belong to one connection.</summary>
internal static class PredictionViews
{
    public const string Predictions = "predictions";
    public const string Outcomes = "outcomes";
    public const string Scored = "scored";
    public const string Unmatched = "unmatched";

    /// <summary>Each prediction that has an outcome, with all of its outcomes: what the others are made of.</summary>
    private const string Matched = "outcome_matches";

    private const string Hive = "hive_partitioning = true, hive_types = {'environment': VARCHAR, 'service': VARCHAR, 'date': DATE}";
    private const string NoHive = "hive_partitioning = false";

    // Those with a type are not in files of every age.
    private static readonly (string Name, string? Type)[] PredictionColumns =
    [
        ("id", null), ("request", null), ("row", null), ("time", null), ("date", null), ("environment", null), ("service", null), ("server_group", null), ("release", null),
        ("model", null), ("model_version", null), ("model_digest", null), ("role", null), ("unit", null), ("request_id", null), ("status", null), ("error", null),
        ("latency_us", null), ("configuration", null), ("trace_id", null), ("customer", "VARCHAR"), ("route", "VARCHAR"), ("omitted", "VARCHAR"), ("input", null), ("output", null),
    ];

    private static readonly (string Name, string? Type)[] OutcomeColumns =
    [
        ("prediction", "UUID"), ("service", "VARCHAR"), ("environment", "VARCHAR"), ("unit", "VARCHAR"), ("time", null), ("posted", "TIMESTAMPTZ"),
        ("window_us", "BIGINT"), ("every", "BOOLEAN"), ("outcome", null),
    ];

    private const string NoPredictions =
        $"""
        SELECT NULL::UUID AS id, NULL::UUID AS request, NULL::INTEGER AS "row", NULL::TIMESTAMPTZ AS "time", NULL::DATE AS "date", NULL::VARCHAR AS environment,
          NULL::VARCHAR AS service, NULL::VARCHAR AS server_group, NULL::VARCHAR AS release, NULL::VARCHAR AS model, NULL::INTEGER AS model_version,
          NULL::VARCHAR AS model_digest, NULL::VARCHAR AS "role", NULL::VARCHAR AS unit, NULL::VARCHAR AS request_id, NULL::INTEGER AS status,
          NULL::VARCHAR AS error, NULL::INTEGER AS latency_us, NULL::VARCHAR AS configuration, NULL::VARCHAR AS trace_id, NULL::VARCHAR AS customer,
          NULL::VARCHAR AS route, NULL::VARCHAR AS omitted, NULL::{TensorColumn.Nothing} AS input, NULL::{TensorColumn.Nothing} AS output
        WHERE false
        """;

    private const string NoOutcomes =
        $"""
        SELECT NULL::UUID AS prediction, NULL::VARCHAR AS service, NULL::VARCHAR AS environment, NULL::VARCHAR AS unit, NULL::TIMESTAMPTZ AS "time",
          NULL::TIMESTAMPTZ AS posted, NULL::BIGINT AS window_us, NULL::BOOLEAN AS "every", NULL::{TensorColumn.Nothing} AS outcome
        WHERE false
        """;

    private const string DirectMatches = """SELECT prediction, "time", posted, outcome FROM outcomes WHERE prediction IS NOT NULL""";

    // An outcome for every environment is one for each that has predictions of the unit. One about the last prediction is about all rows of its request.
    private const string KeyedMatches =
        """
        WITH live AS (
          SELECT id, request, "time", environment, service, unit FROM predictions WHERE "role" = 'live' AND unit IN (SELECT unit FROM outcomes)
        ), keyed AS (
          SELECT o.service, p.environment, o.unit, o."time", o."time" - to_microseconds(o.window_us) AS since, o.posted, o."every", o.outcome
          FROM outcomes o JOIN (SELECT DISTINCT service, environment, unit FROM live) p
            ON p.service = o.service AND p.unit = o.unit AND (o.environment IS NULL OR o.environment = p.environment)
          WHERE o.unit IS NOT NULL
        )
        SELECT p.id AS prediction, k."time", k.posted, k.outcome
        FROM (SELECT * FROM keyed WHERE NOT "every") k
        ASOF JOIN (SELECT DISTINCT request, "time", environment, service, unit FROM live) r
          ON r.service = k.service AND r.environment = k.environment AND r.unit = k.unit AND k."time" >= r."time"
        JOIN live p ON p.request = r.request
        WHERE r."time" > k.since
        UNION ALL
        SELECT p.id, k."time", k.posted, k.outcome
        FROM (SELECT * FROM keyed WHERE "every") k
        JOIN live p ON p.service = k.service AND p.environment = k.environment AND p.unit = k.unit AND p."time" <= k."time" AND p."time" > k.since
        """;

    // Of several outcomes of one prediction the latest counts, and of those of one moment the one that was posted last.
    private const string ScoredQuery =
        $"""
        SELECT p.*, o.outcome, o.outcome_time FROM predictions p
        LEFT JOIN (
          SELECT prediction, arg_max(outcome, ("time", coalesce(posted, "time"))) AS outcome, max("time") AS outcome_time FROM {Matched} GROUP BY prediction
        ) o ON o.prediction = p.id
        """;

    private const string UnmatchedDirect =
        """SELECT * FROM outcomes o WHERE prediction IS NOT NULL AND NOT EXISTS (SELECT 1 FROM predictions p WHERE p.id = o.prediction)""";

    private const string UnmatchedKeyed =
        """
        SELECT * FROM outcomes o WHERE unit IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM predictions p
          WHERE p."role" = 'live' AND p.service = o.service AND p.unit = o.unit AND (o.environment IS NULL OR o.environment = p.environment)
            AND p."time" <= o."time" AND p."time" > o."time" - to_microseconds(o.window_us))
        """;

    public static readonly FrozenSet<string> Names = new[] { Predictions, Outcomes, Scored, Unmatched }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the views that a statement reads.</summary>
    public static void Create(DuckDbConnection connection, PredictionSnapshot snapshot, FileShapes shapes, IReadOnlyCollection<string> wanted, CancellationToken cancellationToken)
    {
        foreach (var statement in Statements(() => connection, snapshot, shapes, wanted, RowBounds.None, cancellationToken))
            connection.Execute(statement, cancellationToken);
    }

    /// <summary>The statements that create the views that a statement reads, in their order.</summary>
    /// <param name="connection">May read the files; called when some of them are not known yet.</param>
    /// <param name="bounds">Of the predictions that it reads; others need not be in the views.</param>
    public static IReadOnlyList<string> Statements(
        Func<DuckDbConnection> connection, PredictionSnapshot snapshot, FileShapes shapes, IReadOnlyCollection<string> wanted, RowBounds bounds, CancellationToken cancellationToken)
    {
        var statements = new List<string>();
        var hasScored = Wants(Scored);
        var hasUnmatched = Wants(Unmatched);
        if (hasScored || hasUnmatched || Wants(Predictions))
            View(Predictions, PredictionsQuery(connection, snapshot.PredictionFiles, bounds, shapes, cancellationToken));
        if (hasScored || hasUnmatched || Wants(Outcomes))
            View(Outcomes, OutcomesQuery(connection, snapshot.Outcomes, shapes, cancellationToken));
        if (!hasScored && !hasUnmatched)
            return statements;
        var hasKeyed = HasKeyed(connection, snapshot, shapes, cancellationToken);
        if (hasScored)
        {
            View(Matched, hasKeyed ? $"{DirectMatches} UNION ALL ({KeyedMatches})" : DirectMatches);
            View(Scored, ScoredQuery);
        }

        if (hasUnmatched)
            View(Unmatched, hasKeyed ? $"{UnmatchedDirect} UNION ALL {UnmatchedKeyed}" : UnmatchedDirect);
        return statements;

        bool Wants(string name) => wanted.Contains(name, StringComparer.OrdinalIgnoreCase);
        void View(string name, string query) => statements.Add($"CREATE TEMP VIEW {name} AS {query}");
    }

    /// <summary>Whether there are outcomes that name no prediction but a unit.</summary>
    /// <param name="connection">May read the files; called when some of them are not known yet.</param>
    public static bool HasKeyed(Func<DuckDbConnection> connection, PredictionSnapshot snapshot, FileShapes shapes, CancellationToken cancellationToken) =>
        shapes.Group(connection, snapshot.Outcomes, cancellationToken).Any(group => group.Shape.Has("unit"));

    /// <inheritdoc cref="HasKeyed"/>
    public static string PredictionsQuery(Func<DuckDbConnection> connection, IReadOnlyList<string> files, FileShapes shapes, CancellationToken cancellationToken) =>
        files.Count == 0 ? NoPredictions : FileUnion.Query(shapes.Group(connection, files, cancellationToken), PredictionColumns, ["input", "output"], Hive, () => shapes.Blank.PathOn(connection(), cancellationToken));

    // Fields and their types are those of all files, whichever are read: of each shape one file stays.
    private static string PredictionsQuery(Func<DuckDbConnection> connection, IReadOnlyList<SnapshotFile> files, RowBounds bounds, FileShapes shapes, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return NoPredictions;
        var read = files.Where(bounds.MayHold).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var groups = shapes.Group(connection, [.. files.Select(file => file.Path)], cancellationToken)
            .Select(group => (group.Shape, (IReadOnlyList<string>)(group.Files.Any(read.Contains) ? [.. group.Files.Where(read.Contains)] : [group.Files[0]])));
        return FileUnion.Query([.. groups], PredictionColumns, ["input", "output"], Hive, () => shapes.Blank.PathOn(connection(), cancellationToken));
    }

    /// <inheritdoc cref="HasKeyed"/>
    public static string OutcomesQuery(Func<DuckDbConnection> connection, IReadOnlyList<string> files, FileShapes shapes, CancellationToken cancellationToken) =>
        files.Count == 0 ? NoOutcomes : FileUnion.Query(shapes.Group(connection, files, cancellationToken), OutcomeColumns, ["outcome"], NoHive, () => shapes.Blank.PathOn(connection(), cancellationToken));
}
