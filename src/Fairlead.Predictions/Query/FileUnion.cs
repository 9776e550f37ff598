using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Makes one table of files whose columns differ: what a file lacks is NULL, and a field that has changed its type has the type that holds all of
/// its values (<see cref="FieldType.With"/>).
/// </summary>
internal static class FileUnion
{
    /// <param name="columns">Names as SQL, with a type where not every file need have the column; those that are structs of fields have none.</param>
    /// <param name="structs">Columns whose fields differ between files.</param>
    /// <param name="hive">Options of the reader that make columns out of the path; empty for none.</param>
    /// <param name="blank">Makes the path of a file without rows and structs (<see cref="BlankFile"/>).</param>
    public static string Query(
        IReadOnlyList<(FileShape Shape, IReadOnlyList<string> Files)> groups,
        IReadOnlyList<(string Name, string? Type)> columns,
        IReadOnlyList<string> structs,
        string hive,
        Func<string> blank)
    {
        // A first file that has every field needs no blank one before it.
        groups = [.. groups.OrderByDescending(group => structs.Sum(name => group.Shape.Find(name)!.Width))];
        var types = structs.ToDictionary(name => name, name => groups.Select(group => group.Shape.Find(name)!).Aggregate((left, right) => left.With(right)), StringComparer.Ordinal);
        // The reader itself joins files by name; where a type differs the cast has to be told, which it does not look through for filters.
        var alike = groups.Where(group => structs.All(name => group.Shape.Find(name)!.IsPartOf(types[name]))).ToList();
        var rest = groups.Except(alike).Select(group => new[] { group });
        return string.Join("\nUNION ALL\n", new[] { alike.ToArray() }.Concat(rest).Where(set => set.Length > 0).Select(set => Select(set, columns, types, hive, blank)));
    }

    private static string Select(
        (FileShape Shape, IReadOnlyList<string> Files)[] set, IReadOnlyList<(string Name, string? Type)> columns, Dictionary<string, FieldType> types, string hive, Func<string> blank)
    {
        var terms = columns.Select(column => Term(set, column, types));
        var union = set.Length > 1 ? ", union_by_name = true" : "";
        string[] first = types.Keys.All(name => set[0].Shape.Find(name)!.Equals(Own(set, name))) ? [] : [blank()];
        return $"SELECT {string.Join(", ", terms)} FROM read_parquet({DuckDbText.List(first.Concat(set.SelectMany(group => group.Files)))}{union}, {hive})";
    }

    private static string Term((FileShape Shape, IReadOnlyList<string> Files)[] set, (string Name, string? Type) column, Dictionary<string, FieldType> types)
    {
        var name = DuckDbText.Name(column.Name);
        if (types.TryGetValue(column.Name, out var type))
            return Own(set, column.Name).Equals(type) ? name : $"{name}::{type.Sql} AS {name}";
        return column.Type is null || set.Any(group => group.Shape.Has(column.Name)) ? name : $"NULL::{column.Type} AS {name}";
    }

    private static FieldType Own((FileShape Shape, IReadOnlyList<string> Files)[] set, string column) =>
        set.Select(group => group.Shape.Find(column)!).Aggregate((left, right) => left.With(right));
}
