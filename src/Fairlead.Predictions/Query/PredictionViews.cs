using System.Collections.Frozen;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>The views that queries see, over the files of one snapshot. They belong to one connection.</summary>
internal static class PredictionViews
{
    public const string Predictions = "predictions";
    public const string Outcomes = "outcomes";
    public const string Scored = "scored";

    public const string Columns =
        """
        id, request, "row", "time", "date", environment, service, server_group, release, model, model_version, model_digest, "role", unit, request_id,
        status, error, latency_us, configuration, trace_id, input, output
        """;

    private const string NoPredictions =
        $"""
        SELECT NULL::UUID AS id, NULL::UUID AS request, NULL::INTEGER AS "row", NULL::TIMESTAMPTZ AS "time", NULL::DATE AS "date", NULL::VARCHAR AS environment,
          NULL::VARCHAR AS service, NULL::VARCHAR AS server_group, NULL::VARCHAR AS release, NULL::VARCHAR AS model, NULL::INTEGER AS model_version,
          NULL::VARCHAR AS model_digest, NULL::VARCHAR AS "role", NULL::VARCHAR AS unit, NULL::VARCHAR AS request_id, NULL::INTEGER AS status,
          NULL::VARCHAR AS error, NULL::INTEGER AS latency_us, NULL::VARCHAR AS configuration, NULL::VARCHAR AS trace_id,
          NULL::{TensorColumn.Nothing} AS input, NULL::{TensorColumn.Nothing} AS output
        WHERE false
        """;

    private const string NoOutcomes =
        $"""SELECT NULL::UUID AS prediction, NULL::TIMESTAMPTZ AS "time", NULL::{TensorColumn.Nothing} AS outcome WHERE false""";

    // Of several outcomes of one prediction the latest counts.
    private const string ScoredQuery =
        """
        SELECT p.*, o.outcome, o.outcome_time FROM predictions p
        LEFT JOIN (SELECT prediction, arg_max(outcome, "time") AS outcome, max("time") AS outcome_time FROM outcomes GROUP BY prediction) o ON o.prediction = p.id
        """;

    public static readonly FrozenSet<string> Names = new[] { Predictions, Outcomes, Scored }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates the views that a statement reads, or all when it reads none by name: each costs a look at every file.</summary>
    public static void Create(DuckDbConnection connection, PredictionSnapshot snapshot, ReadPlan plan, CancellationToken cancellationToken)
    {
        var wanted = Names.Where(name => plan.Tables.Contains(name)).ToHashSet();
        if (wanted.Count == 0)
            wanted = [.. Names];
        var hasScored = wanted.Contains(Scored);
        if (hasScored || wanted.Contains(Predictions))
            connection.Execute($"CREATE TEMP VIEW {Predictions} AS {PredictionsQuery(snapshot.Predictions)}", cancellationToken);
        if (hasScored || wanted.Contains(Outcomes))
            connection.Execute($"CREATE TEMP VIEW {Outcomes} AS {OutcomesQuery(snapshot.Outcomes)}", cancellationToken);
        if (hasScored)
            connection.Execute($"CREATE TEMP VIEW {Scored} AS {ScoredQuery}", cancellationToken);
    }

    // Read together by name: signatures differ between services and versions, and DuckDB joins the fields of the structs.
    public static string PredictionsQuery(IReadOnlyList<string> files) =>
        files.Count == 0
            ? NoPredictions
            : $$"""
                SELECT {{Columns}} FROM read_parquet({{DuckDbText.List(files)}}, union_by_name = true, hive_partitioning = true,
                  hive_types = {'environment': VARCHAR, 'service': VARCHAR, 'date': DATE})
                """;

    public static string OutcomesQuery(IReadOnlyList<string> files) =>
        files.Count == 0
            ? NoOutcomes
            : $"SELECT prediction, \"time\", outcome FROM read_parquet({DuckDbText.List(files)}, union_by_name = true, hive_partitioning = false)";
}
