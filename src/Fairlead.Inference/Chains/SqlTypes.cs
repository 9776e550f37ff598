using Fairlead.Domain.Models;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>Translates between tensors and columns.</summary>
internal static class SqlTypes
{
    /// <summary>The type of a table's column for the elements of a tensor; the two half floats, which SQL has not, are widened.</summary>
    public static string NameOf(TensorType type) => type switch
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
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };

    /// <summary>The tensor that a column becomes when nobody wants another; null when there is none.</summary>
    public static TensorType? TensorOf(DuckDbType type) => type.Kind switch
    {
        DuckDbTypeKind.Boolean => TensorType.Bool,
        DuckDbTypeKind.UTinyInt => TensorType.UInt8,
        DuckDbTypeKind.USmallInt => TensorType.UInt16,
        DuckDbTypeKind.UInteger => TensorType.UInt32,
        DuckDbTypeKind.UBigInt => TensorType.UInt64,
        DuckDbTypeKind.TinyInt => TensorType.Int8,
        DuckDbTypeKind.SmallInt => TensorType.Int16,
        DuckDbTypeKind.Integer => TensorType.Int32,
        // Sums and counts are wider than what they count; a value that does not fit fails.
        DuckDbTypeKind.BigInt or DuckDbTypeKind.HugeInt or DuckDbTypeKind.UHugeInt => TensorType.Int64,
        DuckDbTypeKind.Float => TensorType.Float32,
        DuckDbTypeKind.Double or DuckDbTypeKind.Decimal => TensorType.Float64,
        DuckDbTypeKind.Varchar or DuckDbTypeKind.Enum or DuckDbTypeKind.Blob => TensorType.Bytes,
        _ => null,
    };

    /// <summary>The tensor of a column, or null.</summary>
    public static TensorSpec? TensorOf(SqlColumn column) =>
        TensorOf(column.Element) is not { } type ? null
        : column.IsList ? new TensorSpec(column.Name, type, [-1, column.Width])
        : new TensorSpec(column.Name, type, [-1]);

    /// <summary>True for a tensor that is one value per row in SQL: [-1] and [-1,1].</summary>
    public static bool IsScalar(IReadOnlyList<long> shape) => shape.Count == 1 || (shape.Count == 2 && shape[1] == 1);
}
