using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Comparing;

/// <summary>Finds which rows came, went and changed, by a key.</summary>
internal sealed class KeyComparer(DuckDbConnection connection, DataTable left, DataTable right, CancellationToken cancellationToken)
{
    /// <exception cref="FairleadException">Failed: a version lacks a column of the key.</exception>
    public KeyedDifference Compare(IReadOnlyList<string> key)
    {
        foreach (var (table, side) in new[] { (left, "left"), (right, "right") })
        {
            var known = table.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            if (key.FirstOrDefault(column => !known.Contains(column)) is { } missing)
                throw FairleadException.Failed($"The {side} version has no column '{missing}', which is in the key; {NearestName.Hint(missing, known)}");
        }

        var others = right.Columns.Where(column => !key.Contains(column.Name) && left.Columns.Any(known => known.Name == column.Name)).ToList();
        connection.Execute($"create temp table l as {Keyed(left, key, others)}; create temp table r as {Keyed(right, key, others)}", cancellationToken);
        var same = string.Join(" and ", key.Select((_, index) => $"l.k{index} is not distinct from r.k{index}"));
        var ambiguous = Count("(select h from l where copies > 1 union select h from r where copies > 1)");
        var added = Count($"r anti join l on l.h = r.h and {same}");
        var removed = Count($"l anti join r on l.h = r.h and {same}");
        return new KeyedDifference(key, added, removed, Changed(others, same, out var columns), ambiguous) { ChangedColumns = columns };
    }

    /// <summary>One row for each key, with the hash of the key to join by and a hash for each other column.</summary>
    private static string Keyed(DataTable table, IReadOnlyList<string> key, IReadOnlyList<DataColumn> others)
    {
        // As text, since the types of both sides may differ.
        var keys = string.Join(", ", key.Select((column, index) => $"{DuckDbText.Name(column)}::varchar as k{index}"));
        var hashed = string.Join(", ", key.Select(column => $"{DuckDbText.Name(column)}::varchar"));
        var values = string.Concat(others.Select((column, index) => $", any_value(hash({column.Sql}::varchar)) as v{index}"));
        return $"select hash({hashed}) as h, {keys}, count(*) as copies{values} from {table.Name} group by all";
    }

    private long Changed(List<DataColumn> others, string same, out IReadOnlyList<ColumnValue> columns)
    {
        columns = [];
        if (others.Count == 0)
            return 0;
        var differs = others.Select((_, index) => $"(l.v{index} is distinct from r.v{index})").ToList();
        using var result = connection.Query(
            $"""
            select count(*) filter ({string.Join(" or ", differs)}), {string.Join(", ", differs.Select(one => $"count(*) filter ({one})"))}
            from l join r on l.h = r.h and {same} where l.copies = 1 and r.copies = 1
            """,
            cancellationToken);
        result.Read(cancellationToken);
        columns = [.. others.Select((column, index) => new ColumnValue(column.Name, (long)result.Value(index + 1)!)).Where(column => column.Rows > 0).OrderByDescending(column => column.Rows)];
        return (long)result.Value(0)!;
    }

    private long Count(string source) => (long)connection.Scalar($"select count(*) from {source}")!;
}
