using System.Globalization;
using System.Numerics;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Query;

namespace Fairlead.Monitoring.Kpis;

/// <summary>
/// Reads the values of a KPI over one window in one statement, by environment and service, server group, and segment. How sure they are follows from
/// groups of units by hash: a sum over a sum from the sums of the groups (delta method); anything else from the expression without each group (jackknife).
/// </summary>
internal static class KpiReader
{
    public const int RatioGroups = 100;
    public const int JackknifeGroups = 20;

    /// <summary>Segments that have a value of their own; the others have one together.</summary>
    public const int MostSegments = 50;
    public const string OtherSegments = "(others)";
    public const string NoSegment = "(none)";

    private const int FirstSegment = 3;

    /// <exception cref="FairleadException">Invalid: the expression fails on some row; Unavailable: it takes too much memory.</exception>
    public static IReadOnlyList<KpiValue> Read(ExpressionSession session, KpiExpression expression, KpiScope scope, CancellationToken cancellationToken)
    {
        try
        {
            var rows = Rows(session, expression, scope, cancellationToken);
            var tallies = new Dictionary<KpiTallyKey, KpiTally>();
            using var result = session.Connection.Query(expression.Ratio is null ? JackknifeSql(expression, rows) : RatioSql(expression, rows), cancellationToken);
            while (result.Read(cancellationToken))
                Add(tallies, expression, result);
            return [.. tallies.OrderBy(pair => pair.Key).Select(pair => pair.Value.ToValue(pair.Key, expression))];
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfMemory)
        {
            throw new FairleadException(ProblemKind.Unavailable, $"The KPI '{expression.Definition.Name}' takes more memory than there is; make its window shorter.", e);
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The KPI '{expression.Definition.Name}' cannot be computed: {e.Message}", e);
        }
    }

    /// <summary>For each window of a row of them that has predictions, what its point would be computed from.</summary>
    public static Dictionary<DateTimeOffset, KpiFingerprint> ReadFingerprints(ExpressionSession session, KpiExpression expression, KpiScope scope, CancellationToken cancellationToken)
    {
        var window = expression.Definition.Window;
        var hash = expression.HasOutcome ? "hash(id, outcome_time, outcome)" : "hash(id)";
        var sql =
            $"""
            SELECT (epoch_us("time") // {(long)window.TotalMicroseconds})::BIGINT, count(*), bit_xor({hash})::VARCHAR
            FROM {expression.Source} WHERE {scope.Sql} GROUP BY 1
            """;
        var found = new Dictionary<DateTimeOffset, KpiFingerprint>();
        using var result = session.Connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
            found[DateTimeOffset.UnixEpoch + (window * (long)result.Value(0)!)] = new KpiFingerprint((long)result.Value(1)!, (string)result.Value(2)!);
        return found;
    }

    /// <summary>A subquery with the rows of the window, their bucket, and their segments, the rarest of them under one name.</summary>
    private static string Rows(ExpressionSession session, KpiExpression expression, KpiScope scope, CancellationToken cancellationToken)
    {
        var segments = string.Concat(expression.Definition.By.Select((by, i) => $", coalesce(({by}\n)::VARCHAR, '{NoSegment}') AS \"kpi segment {i}\""));
        var all = $"""
            SELECT *, (hash(coalesce(nullif(unit, ''), request::VARCHAR)) % {RatioGroups})::INTEGER AS "kpi bucket"{segments} FROM {expression.Source} WHERE {scope.Sql}
            """;
        var renamed = expression.Definition.By.Select((_, i) => Renamed(session, all, i, cancellationToken)).OfType<string>().ToList();
        return renamed.Count == 0 ? all : $"SELECT * REPLACE ({string.Join(", ", renamed)}) FROM ({all})";
    }

    private static string? Renamed(ExpressionSession session, string rows, int index, CancellationToken cancellationToken)
    {
        var column = $"\"kpi segment {index}\"";
        var common = new List<string>();
        using var result = session.Connection.Query($"SELECT {column} FROM ({rows}) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MostSegments + 1}", cancellationToken);
        while (result.Read(cancellationToken))
            common.Add((string)result.Value(0)!);
        return common.Count <= MostSegments ? null
            : $"CASE WHEN {column} IN ({string.Join(", ", common.Take(MostSegments).Select(DuckDbText.Literal))}) THEN {column} ELSE '{OtherSegments}' END AS {column}";
    }

    private static string RatioSql(KpiExpression expression, string rows) =>
        $"""
        SELECT environment, service, server_group{SegmentColumns(expression)}, {Level(expression)}, ({expression.Ratio!.Numerator}
        )::DOUBLE, ({expression.Ratio.Denominator}
        )::DOUBLE, count(*)
        FROM ({rows}) GROUP BY GROUPING SETS ({Sets(expression, "\"kpi bucket\"")})
        """;

    private static string JackknifeSql(KpiExpression expression, string rows) =>
        $"""
        SELECT environment, service, server_group{SegmentColumns(expression)}, {Level(expression)}, ({expression.Definition.Sql}
        )::DOUBLE, "kpi group", count({(expression.HasOutcome ? "outcome_time" : "*")})
        FROM ({rows}) CROSS JOIN range(-1, {JackknifeGroups}) AS groups("kpi group") WHERE "kpi group" <> "kpi bucket" % {JackknifeGroups}
        GROUP BY GROUPING SETS ({Sets(expression, "\"kpi group\"")})
        """;

    private static string SegmentColumns(KpiExpression expression) => string.Concat(Segments(expression).Select(column => $", {column}"));

    /// <summary>A bit for the server group and each segment, the server group's the highest; set when the row is not of a single one.</summary>
    private static string Level(KpiExpression expression) => $"GROUPING({string.Join(", ", Segments(expression).Prepend("server_group"))})::BIGINT";

    private static string Sets(KpiExpression expression, string group) =>
        string.Join(", ", Segments(expression).Prepend("server_group").Select(part => $"(environment, service, {part}, {group})").Prepend($"(environment, service, {group})"));

    private static IEnumerable<string> Segments(KpiExpression expression) => expression.Definition.By.Select((_, i) => $"\"kpi segment {i}\"");

    private static void Add(Dictionary<KpiTallyKey, KpiTally> tallies, KpiExpression expression, SqlRows result)
    {
        var parts = expression.Definition.By.Count + 1;
        var level = FirstSegment + parts - 1;
        var missing = ~(ulong)(long)result.Value(level)! & ((1UL << parts) - 1);
        // -1 for the whole, 0 for the server group, then the segments.
        var part = missing == 0 ? -1 : parts - 1 - BitOperations.Log2(missing);
        var key = new KpiTallyKey((string)result.Value(0)!, (string)result.Value(1)!, part, part < 0 ? "" : (string?)result.Value(FirstSegment - 1 + part) ?? NoSegment);
        if (!tallies.TryGetValue(key, out var tally))
            tallies[key] = tally = new KpiTally();
        var (first, second) = (Number(level + 1), Number(level + 2));
        var count = (long)result.Value(level + 3)!;
        if (expression.Ratio is not null)
            tally.AddGroup(first ?? 0, second ?? 0, expression.IsAverage ? (long)(second ?? 0) : count);
        else if (second < 0)
            tally.SetWhole(first, count);
        else if (first is { } without)
            tally.AddWithout(without);

        double? Number(int column) => result.Value(column) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
    }
}
