using System.Globalization;
using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Profiling;

/// <summary>Describes one column.</summary>
internal sealed class ColumnProfiler(DuckDbConnection connection, string table, DataColumn column, long rows, CancellationToken cancellationToken)
{
    private const int Cells = 20;
    private const int MostValues = 10;

    /// <summary>Up to so many different values are counted each; beyond, only the most frequent are looked for.</summary>
    private const long MostCounted = 200_000;

    /// <summary>Numbers with no more different values than this are shown value by value too.</summary>
    private const long FewValues = 20;

    /// <summary>Up to so many rows quantiles and different values are exact.</summary>
    private const long MostExact = 2_000_000;

    /// <summary>Beyond so many times the width of the inner 98 % the ends are clipped.</summary>
    private const double FarOut = 10;

    private static readonly double[] Shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    public ColumnProfile Profile()
    {
        var profile = new ColumnProfile { Name = column.Name, Type = column.Type, Kind = column.Kind, Nulls = rows - (long)connection.Scalar($"select count({column.Sql}) from {table}")! };
        if (column.Kind == ColumnKind.Other || profile.Nulls == rows)
            return profile;
        profile = Describe(profile);
        if (column.Kind is ColumnKind.Number or ColumnKind.Time)
            profile = AddNumbers(profile);
        var isListed = column.Kind is ColumnKind.Text or ColumnKind.Boolean || profile.Distinct <= FewValues;
        return isListed ? profile with { Top = TopOf(profile.Distinct ?? long.MaxValue) } : profile;
    }

    private ColumnProfile Describe(ColumnProfile profile)
    {
        using var row = connection.Query(
            $"select {(rows <= MostExact ? "count(distinct " : "approx_count_distinct(")}{column.Sql}), {DataColumn.Text($"min({column.Sql})")}, {DataColumn.Text($"max({column.Sql})")} from {table}", cancellationToken);
        row.Read(cancellationToken);
        return profile with { Distinct = Math.Min(Convert.ToInt64(row.Value(0), CultureInfo.InvariantCulture), rows - profile.Nulls), Min = row.Value(1) as string, Max = row.Value(2) as string };
    }

    private ColumnProfile AddNumbers(ColumnProfile profile)
    {
        var finite = $"(select {column.Sql} from {table} where isfinite({column.Number}))";
        var quantile = rows <= MostExact ? "quantile_disc" : "approx_quantile";
        var shares = string.Join(", ", Shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
        var mean = column.Kind == ColumnKind.Number ? $"avg({column.Number})" : "null";
        using var row = connection.Query(
            $"""
            select count(*), {mean}, {quantile}({column.Sql}, [{shares}])::varchar[], min({column.Number}), max({column.Number}),
            {quantile}({column.Number}, 0.01), {quantile}({column.Number}, 0.99) from {finite}
            """,
            cancellationToken);
        row.Read(cancellationToken);
        var count = (long)row.Value(0)!;
        if (count == 0)
            return profile with { NotFinite = rows - profile.Nulls };
        var quantiles = (object?[])row.Value(2)!;
        return profile with
        {
            NotFinite = rows - profile.Nulls - count,
            Mean = Finite(row.Value(1)),
            Deviation = column.Kind == ColumnKind.Number ? DeviationOf(finite) : null,
            Quantiles = [.. Shares.Zip(quantiles, (share, value) => new ColumnQuantile(share, value as string ?? ""))],
            Histogram = HistogramOf((double)row.Value(3)!, (double)row.Value(4)!, (double)row.Value(5)!, (double)row.Value(6)!),
        };
    }

    private double? DeviationOf(string finite)
    {
        try
        {
            return Finite(connection.Scalar($"select stddev_pop({column.Number}) from {finite}"));
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfRange)
        {
            // Of numbers near the largest there are, squares are infinite.
            return null;
        }
    }

    private ColumnHistogram HistogramOf(double min, double max, double low, double high)
    {
        var isClipped = high > low && max - min > FarOut * (high - low);
        var (from, to) = isClipped ? (low, high) : (min, max);
        var counts = new long[Cells];
        var width = to - from;
        var cell = width > 0 && double.IsFinite(width)
            ? string.Create(CultureInfo.InvariantCulture, $"greatest(0, least({Cells - 1}, floor(({column.Number} - {from:R}) / {width:R} * {Cells})))::integer") : "0";
        using var result = connection.Query($"select {cell}, count(*) from {table} where isfinite({column.Number}) group by 1", cancellationToken);
        while (result.Read(cancellationToken))
            counts[(int)result.Value(0)!] = (long)result.Value(1)!;
        return new ColumnHistogram(Edge(from), Edge(to), isClipped, width > 0 ? counts : [counts[0]]);
    }

    private string Edge(double value)
    {
        var number = value.ToString("R", CultureInfo.InvariantCulture);
        if (column.Kind == ColumnKind.Number)
            return value.ToString("G6", CultureInfo.InvariantCulture);
        return connection.Scalar($"select {(column.Type == "DATE" ? $"make_timestamp(({number}::double * 1000000)::bigint)::date" : $"make_timestamp(({number}::double * 1000000)::bigint)")}::varchar") as string ?? number;
    }

    private List<ColumnValue> TopOf(long distinct)
    {
        var source = distinct <= MostCounted
            ? table
            : $"(select {column.Sql} from {table} where {column.Sql} in (select unnest(approx_top_k({column.Sql}, {MostValues})) from {table}))";
        var values = new List<ColumnValue>();
        using var result = connection.Query(
            $"select {DataColumn.Text(column.Sql)} as value, count(*) as n from {source} where {column.Sql} is not null group by {column.Sql} order by n desc, value limit {MostValues}", cancellationToken);
        while (result.Read(cancellationToken))
            values.Add(new ColumnValue(result.Value(0) as string ?? "", (long)result.Value(1)!));
        return values;
    }

    private static double? Finite(object? value) => value is double number && double.IsFinite(number) ? number : null;
}
