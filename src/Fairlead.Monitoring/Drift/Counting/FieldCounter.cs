using System.Globalization;
using System.Runtime.InteropServices;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>Counts the values of columns where they lie, so that what leaves the database is counts and not rows.</summary>
internal sealed class FieldCounter(DuckDbConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Different numbers that are counted one by one; of more, narrow bins are counted.</summary>
    private const int MostValues = 50_000;
    private const int Bins = 10_000;
    private const int SampleRows = 50_000;
    private const int TopNames = 1_000;
    private const int Examples = 5;
    private int cellTables;

    public IReadOnlyDictionary<string, FieldProfile> Profile(DriftTable table, IReadOnlyList<FieldPlan> fields)
    {
        var select = string.Join(", ", fields.Select(field =>
            $"count({field.Column}), {(field.IsNumber ? $"count_if(isfinite({field.Column}))" : $"count({field.Column})")}, approx_count_distinct({field.Column})"));
        using var result = connection.Query($"SELECT count(*), {select} FROM {table.From}", cancellationToken);
        result.Read(cancellationToken);
        var rows = Long(result.Value(0));
        return fields.Select((field, i) => (field.Column, Profile: new FieldProfile(rows, Long(result.Value((3 * i) + 1)), Long(result.Value((3 * i) + 2)), Long(result.Value((3 * i) + 3)))))
            .ToDictionary(pair => pair.Column, pair => pair.Profile, StringComparer.Ordinal);
    }

    /// <summary>The finite values of a column on both sides, one by one or in the same narrow bins.</summary>
    /// <returns>Both sides, and how much of one side lies in one bin at most: by that the distance of distribution functions may be too small.</returns>
    public (ValueCounts Reference, ValueCounts Live, double Error) Numbers(DriftTable reference, DriftTable live, string column, long distinct)
    {
        if (distinct <= MostValues)
            return (Values(reference, column), Values(live, column), 0);
        var edges = FindEdges(reference, live, column);
        var (atReference, atLive) = (InBins(reference, column, edges), InBins(live, column, edges));
        return (atReference, atLive, Math.Max(LargestShare(atReference), LargestShare(atLive)));
    }

    /// <summary>The values of a text column on both sides, and the most frequent ones that the reference lacks.</summary>
    public (CategoryCounts Counts, IReadOnlyList<string> New) Categories(DriftTable reference, DriftTable live, string column, long missingReference, long missingLive)
    {
        connection.Execute(
            $"""
            CREATE OR REPLACE TEMP TABLE drift_pairs AS
            SELECT coalesce(r.v, l.v) AS v, coalesce(r.n, 0) AS r, coalesce(l.n, 0) AS l
            FROM (SELECT {column} AS v, count(*) AS n FROM {reference.From} AND {column} IS NOT NULL GROUP BY 1) r
            FULL JOIN (SELECT {column} AS v, count(*) AS n FROM {live.From} AND {column} IS NOT NULL GROUP BY 1) l ON r.v = l.v
            """,
            cancellationToken);
        var counts = new CategoryCounts { Reference = ReadSide("r", "l", missingReference), Live = ReadSide("l", "r", missingLive), Top = ReadTop() };
        return (counts, ReadNew());
    }

    /// <summary>Rows by cell of a column, for each value of an expression; of all rows when there is none.</summary>
    public IReadOnlyList<(object? Group, long[] Cells)> Cells(DriftTable table, string column, FieldCells cells, string? group = null)
    {
        var nothing = cells.IsNumber ? $"{column} IS NULL OR NOT isfinite({column})" : $"{column} IS NULL";
        var key = group ?? "NULL::VARCHAR";
        var sql = cells.IsNamed
            ? $"SELECT {key} AS g, CASE WHEN {nothing} THEN {cells.Count - 1} ELSE coalesce(place, {cells.Names.Count}) END AS c, count(*) FROM {table.Name} LEFT JOIN {CreateNames(cells)} ON name = {column} WHERE {table.Condition} GROUP BY 1, 2"
            : $"SELECT {key} AS g, CASE WHEN {nothing} THEN {cells.Count - 1} ELSE {cells.PlaceSql(column)} END AS c, count(*) FROM {table.From} GROUP BY 1, 2";
        var groups = new Dictionary<object, long[]>();
        using var result = connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
        {
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, result.Value(0) ?? DBNull.Value, out _);
            counts ??= new long[cells.Count];
            counts[Long(result.Value(1))] += Long(result.Value(2));
        }

        return [.. groups.Select(pair => (pair.Key is DBNull ? null : pair.Key, pair.Value))];
    }

    private ValueCounts Values(DriftTable table, string column)
    {
        var (values, counts) = (new List<double>(), new List<long>());
        using var result = connection.Query($"SELECT {column}, count(*) FROM {table.From} AND isfinite({column}) GROUP BY 1 ORDER BY 1", cancellationToken);
        while (result.Read(cancellationToken))
        {
            values.Add((double)result.Value(0)!);
            counts.Add(Long(result.Value(1)));
        }

        return new ValueCounts([.. values], [.. counts]);
    }

    /// <summary>
    /// Upper ends of bins that hold about as many rows each, by samples of both sides, and are no wider than a ten-thousandth of the range, so that neither
    /// the distance nor what is moved is far off; the last is the largest value of all.
    /// </summary>
    private double[] FindEdges(DriftTable reference, DriftTable live, string column)
    {
        var sample = new List<double>(2 * SampleRows);
        foreach (var table in (ReadOnlySpan<DriftTable>)[reference, live])
        {
            using var rows = connection.Query($"SELECT v FROM (SELECT {column} AS v FROM {table.From} AND isfinite({column})) USING SAMPLE reservoir({SampleRows} ROWS) REPEATABLE (1)", cancellationToken);
            while (rows.Read(cancellationToken))
                sample.Add((double)rows.Value(0)!);
        }

        var (least, most) = (Extreme("min"), Extreme("max"));
        sample.Sort();
        var step = Math.Max(1, sample.Count / Bins);
        var byRows = sample.Where((_, i) => i % step == 0);
        var byWidth = Enumerable.Range(1, Bins - 1).Select(i => least + ((most - least) * i / Bins));
        return [.. byRows.Concat(byWidth).Append(most).Where(double.IsFinite).Distinct().Order()];

        double Extreme(string aggregate) => (double)connection.Scalar(
            $"SELECT {aggregate}(v) FROM (SELECT {column} AS v FROM {reference.From} AND isfinite({column}) UNION ALL SELECT {column} FROM {live.From} AND isfinite({column}))")!;
    }

    private ValueCounts InBins(DriftTable table, string column, double[] edges)
    {
        var list = string.Join(", ", edges.Select(edge => $"'{edge.ToString("R", CultureInfo.InvariantCulture)}'"));
        var counts = new long[edges.Length];
        using var result = connection.Query($"SELECT histogram({column}, [{list}]::DOUBLE[]) FROM {table.From} AND isfinite({column})", cancellationToken);
        if (!result.Read(cancellationToken) || result.Value(0) is not KeyValuePair<object, object?>[] bins)
            return new ValueCounts([], []);
        foreach (var (edge, count) in bins)
        {
            if (Array.BinarySearch(edges, (double)edge) is var place and >= 0)
                counts[place] += Long(count);
        }

        var used = Enumerable.Range(0, edges.Length).Where(i => counts[i] > 0).ToList();
        return new ValueCounts([.. used.Select(i => edges[i])], [.. used.Select(i => counts[i])]);
    }

    private CategorySide ReadSide(string side, string other, long missing)
    {
        using var result = connection.Query(
            $"SELECT coalesce(sum({side}), 0)::BIGINT, count_if({side} > 0), count_if({side} = 1), count_if({side} = 2), coalesce(sum({side}) FILTER ({other} = 0), 0)::BIGINT, count_if({side} > 0 AND {other} = 0) FROM drift_pairs",
            cancellationToken);
        result.Read(cancellationToken);
        return new CategorySide(Long(result.Value(0)), missing, Long(result.Value(1)), Long(result.Value(2)), Long(result.Value(3)), Long(result.Value(4)), Long(result.Value(5)));
    }

    private List<CategoryCount> ReadTop()
    {
        using var result = connection.Query(
            $"SELECT v, r, l FROM drift_pairs ORDER BY r / (SELECT greatest(1, sum(r)) FROM drift_pairs) + l / (SELECT greatest(1, sum(l)) FROM drift_pairs) DESC, v LIMIT {TopNames}", cancellationToken);
        var top = new List<CategoryCount>();
        while (result.Read(cancellationToken))
            top.Add(new CategoryCount((string)result.Value(0)!, Long(result.Value(1)), Long(result.Value(2))));
        return top;
    }

    private List<string> ReadNew()
    {
        using var result = connection.Query($"SELECT v FROM drift_pairs WHERE r = 0 ORDER BY l DESC, v LIMIT {Examples}", cancellationToken);
        var names = new List<string>();
        while (result.Read(cancellationToken))
            names.Add((string)result.Value(0)!);
        return names;
    }

    private string CreateNames(FieldCells cells)
    {
        var table = $"drift_cells_{cellTables++}";
        var rows = cells.Names.Select((name, i) => $"({(cells.IsNumber ? FieldCells.NumberSql(double.Parse(name, CultureInfo.InvariantCulture)) : DuckDbText.Literal(name))}, {i})");
        connection.Execute(
            cells.Names.Count == 0
                ? $"CREATE TEMP TABLE {table} AS SELECT NULL::{(cells.IsNumber ? "DOUBLE" : "VARCHAR")} AS name, NULL::INTEGER AS place WHERE false"
                : $"CREATE TEMP TABLE {table} AS SELECT * FROM (VALUES {string.Join(", ", rows)}) AS names(name, place)",
            cancellationToken);
        return table;
    }

    private static double LargestShare(ValueCounts counts) => counts.Total == 0 ? 0 : (double)counts.Counts.Max() / counts.Total;

    // Some aggregates give wider numbers than others.
    private static long Long(object? value) => value is Int128 wide ? (long)wide : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
