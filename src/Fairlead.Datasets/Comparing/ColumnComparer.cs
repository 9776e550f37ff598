using System.Globalization;
using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.DuckDb;
using Fairlead.Statistics.Drift;

namespace Fairlead.Datasets.Comparing;

/// <summary>Compares one column of two states of data.</summary>
internal sealed class ColumnComparer(DuckDbConnection connection, DataTable left, DataTable right, CancellationToken cancellationToken)
{
    /// <summary>Rows of each side that distributions of numbers are taken from; beyond, a sample of that size.</summary>
    private const long MostRows = 1_000_000;

    /// <summary>Different texts of both sides; a column with more tells rows apart rather than describing them.</summary>
    private const long MostCategories = 200_000;

    public static ColumnDifference Schema(DataColumn before, DataColumn after) => new()
    {
        Name = after.Name,
        Change = before.Type == after.Type ? ColumnChange.None : ColumnChange.Retyped,
        LeftType = before.Type,
        RightType = after.Type,
    };

    public ColumnDifference Compare(DataColumn before, DataColumn after)
    {
        var difference = Schema(before, after) with { LeftNulls = Nulls(left, before), RightNulls = Nulls(right, after) };
        if (before.Kind != after.Kind || after.Kind == ColumnKind.Other)
            return difference with { Note = before.Kind != after.Kind ? "The types have nothing in common." : "Values of this type are not compared." };
        if (left.Rows == difference.LeftNulls && right.Rows == difference.RightNulls)
            return difference;
        return after.Kind is ColumnKind.Number or ColumnKind.Time ? Numbers(difference, before, after) : Categories(difference, after);
    }

    private long Nulls(DataTable table, DataColumn column) => table.Rows!.Value - (long)connection.Scalar($"select count({column.Sql}) from {table.Name}")!;

    private ColumnDifference Numbers(ColumnDifference difference, DataColumn before, DataColumn after)
    {
        var (leftSide, rightSide) = (SideOf(left, before), SideOf(right, after));
        var comparison = NumericComparison.Of(leftSide, rightSide);
        var isNumber = after.Kind == ColumnKind.Number;
        return With(difference, comparison) with
        {
            LeftMean = isNumber && leftSide.Values.Total > 0 ? leftSide.Values.Mean : null,
            RightMean = isNumber && rightSide.Values.Total > 0 ? rightSide.Values.Mean : null,
            Distance = comparison.Distance?.Distance,
            Cells = [.. comparison.Edges.Select(edge => $"≤ {Edge(after, edge)}"), "more", "none"],
        };
    }

    private NumericSide SideOf(DataTable table, DataColumn column)
    {
        var source = table.Rows > MostRows ? $"(select * from {table.Name} using sample reservoir({MostRows} rows) repeatable (7))" : table.Name;
        var (values, counts, missing, odd) = (new List<double>(), new List<long>(), 0L, 0L);
        using var result = connection.Query($"select {column.Number}, count(*) from {source} group by 1 order by 1", cancellationToken);
        while (result.Read(cancellationToken))
        {
            var count = (long)result.Value(1)!;
            if (result.Value(0) is not double value)
                missing += count;
            else if (!double.IsFinite(value))
                odd += count;
            // Minus zero and zero are one value, and two groups.
            else if (values.Count > 0 && values[^1] == value)
                counts[^1] += count;
            else
                (_, _) = (Add(values, value), Add(counts, count));
        }

        return new NumericSide(new ValueCounts([.. values], [.. counts]), missing, odd);
    }

    private ColumnDifference Categories(ColumnDifference difference, DataColumn column)
    {
        var text = DataColumn.Text(column.Sql);
        var grouped = (string table) => $"(select {text} as v, count(*) as n from {table} where {column.Sql} is not null group by 1)";
        var joined = $"{grouped(left.Name)} l full join {grouped(right.Name)} r using (v)";
        if (connection.Scalar($"select approx_count_distinct({column.Sql}) from (select {column.Sql} from {left.Name} union all select {column.Sql} from {right.Name})") is { } distinct
            && Convert.ToInt64(distinct, CultureInfo.InvariantCulture) > MostCategories)
            return difference with { Note = "There are too many different values to compare how often each occurs." };
        var counts = new List<CategoryCount>();
        using (var result = connection.Query($"select v, coalesce(l.n, 0), coalesce(r.n, 0) from {joined}", cancellationToken))
        {
            while (result.Read(cancellationToken))
                counts.Add(new CategoryCount((string)result.Value(0)!, (long)result.Value(1)!, (long)result.Value(2)!));
        }

        var comparison = CategoryComparison.Of(CategoryCounts.Of(counts, difference.LeftNulls!.Value, difference.RightNulls!.Value));
        return With(difference, comparison) with { Cells = [.. comparison.Names, "others", "none"] };
    }

    private static ColumnDifference With(ColumnDifference difference, FieldComparison comparison) => difference with
    {
        Stability = Finite(comparison.Stability.Value),
        Effect = Finite(comparison.Effect),
        PValue = Finite(comparison.PValue),
        LeftCells = comparison.ReferenceCells,
        RightCells = comparison.LiveCells,
    };

    private string Edge(DataColumn column, double value) => column.Kind == ColumnKind.Number
        ? value.ToString("G5", CultureInfo.InvariantCulture)
        : connection.Scalar($"select make_timestamp(({value.ToString("R", CultureInfo.InvariantCulture)}::double * 1000000)::bigint)::varchar") as string ?? "";

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static bool Add<T>(List<T> list, T item)
    {
        list.Add(item);
        return true;
    }
}
