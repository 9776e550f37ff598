using Fairlead.DuckDb;
using Fairlead.Domain.Models;

namespace Fairlead.Predictions.Compaction;

/// <summary>How one tensor of a signature becomes a field: a scalar when a row holds one element of it, otherwise a list of its elements, row-major.</summary>
/// <param name="IsBatched">The first dimension counts rows.</param>
/// <param name="IsList">A row holds several elements, or their number varies.</param>
internal sealed record TensorColumn(string Name, TensorType Type, bool IsBatched, bool IsList)
{
    public string SqlType => ElementType + (IsList ? "[]" : "");

    private string ElementType => Type switch
    {
        TensorType.Bool => "BOOLEAN",
        TensorType.UInt8 => "UTINYINT",
        TensorType.UInt16 => "USMALLINT",
        TensorType.UInt32 => "UINTEGER",
        TensorType.UInt64 => "UBIGINT",
        TensorType.Int8 => "TINYINT",
        TensorType.Int16 => "SMALLINT",
        TensorType.Int32 => "INTEGER",
        TensorType.Int64 => "BIGINT",
        TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 => "FLOAT",
        TensorType.Float64 => "DOUBLE",
        TensorType.Bytes => "VARCHAR",
        _ => throw new ArgumentOutOfRangeException(nameof(Type), Type, "unknown element type"),
    };

    /// <summary>The fields for the inputs or the outputs of a signature. DuckDB tells names apart without case: a name that comes again gets a number.</summary>
    public static TensorColumn[] Of(IReadOnlyList<TensorSpec> specs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. specs.Select(spec => Of(spec, UniqueName(spec.Name, taken)))];
    }

    /// <summary>The struct type of the fields.</summary>
    public static string StructType(IReadOnlyList<TensorColumn> columns) =>
        columns.Count == 0
            ? Nothing
            : $"STRUCT({string.Join(", ", columns.Select(column => $"{DuckDbText.Name(column.Name)} {column.SqlType}"))})";

    /// <summary>DuckDB has no struct without fields.</summary>
    public const string Nothing = "STRUCT(nothing BOOLEAN)";

    private static TensorColumn Of(TensorSpec spec, string name)
    {
        var isBatched = spec.Shape is [-1, ..];
        var perRow = isBatched ? spec.Shape.Skip(1) : spec.Shape;
        return new TensorColumn(name, spec.Type, isBatched, perRow.Any(dimension => dimension != 1));
    }

    private static string UniqueName(string name, HashSet<string> taken)
    {
        var unique = name.Length == 0 ? "unnamed" : name.Replace('\0', '_');
        for (var number = 2; !taken.Add(unique); number++)
            unique = $"{name}_{number}";
        return unique;
    }
}
