using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>A type with everything that belongs to it; <see cref="ToString"/> is its name in SQL.</summary>
public sealed class DuckDbType
{
    private DuckDbType(DuckDbTypeKind kind) => Kind = kind;

    public DuckDbTypeKind Kind { get; }

    /// <summary>Digits of a decimal, 0 for others.</summary>
    public int Width { get; private init; }

    /// <summary>Digits behind a decimal's point.</summary>
    public int Scale { get; private init; }

    /// <summary>Elements of a fixed-size array, 0 for others.</summary>
    public int Size { get; private init; }

    /// <summary>Fields of a struct; <c>key</c> and <c>value</c> of a map; empty for others.</summary>
    public IReadOnlyList<DuckDbField> Fields { get; private init; } = [];

    /// <summary>Elements of a list or array, null for others.</summary>
    public DuckDbType? Element { get; private init; }

    /// <summary>Values of an enum in the order of their codes, empty for others.</summary>
    public IReadOnlyList<string> EnumValues { get; private init; } = [];

    public override string ToString() => Kind switch
    {
        DuckDbTypeKind.Decimal => $"DECIMAL({Width},{Scale})",
        DuckDbTypeKind.List => $"{Element}[]",
        DuckDbTypeKind.Array => $"{Element}[{Size}]",
        DuckDbTypeKind.Struct => $"STRUCT({string.Join(", ", Fields.Select(field => $"\"{field.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {field.Type}"))})",
        DuckDbTypeKind.Map => $"MAP({Fields[0].Type}, {Fields[1].Type})",
        DuckDbTypeKind.TimestampSeconds => "TIMESTAMP_S",
        DuckDbTypeKind.TimestampMilliseconds => "TIMESTAMP_MS",
        DuckDbTypeKind.TimestampNanoseconds => "TIMESTAMP_NS",
        DuckDbTypeKind.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDbTypeKind.TimeTz => "TIME WITH TIME ZONE",
        DuckDbTypeKind.SqlNull => "NULL",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>Describes a native type and destroys it.</summary>
    internal static DuckDbType Take(nint native)
    {
        try
        {
            return Read(native);
        }
        finally
        {
            NativeMethods.DestroyLogicalType(ref native);
        }
    }

    private static DuckDbType Read(nint native)
    {
        var kind = NativeMethods.TypeId(native);
        return kind switch
        {
            DuckDbTypeKind.Decimal => new DuckDbType(kind) { Width = NativeMethods.DecimalWidth(native), Scale = NativeMethods.DecimalScale(native) },
            DuckDbTypeKind.List => new DuckDbType(kind) { Element = Take(NativeMethods.ListChildType(native)) },
            DuckDbTypeKind.Array => new DuckDbType(kind) { Element = Take(NativeMethods.ArrayChildType(native)), Size = (int)NativeMethods.ArraySize(native) },
            DuckDbTypeKind.Map => new DuckDbType(kind)
            {
                Fields = [new DuckDbField("key", Take(NativeMethods.MapKeyType(native))), new DuckDbField("value", Take(NativeMethods.MapValueType(native)))],
            },
            DuckDbTypeKind.Struct => new DuckDbType(kind) { Fields = ReadFields(native) },
            DuckDbTypeKind.Enum => new DuckDbType(kind) { EnumValues = ReadEnum(native) },
            _ => new DuckDbType(kind),
        };
    }

    private static DuckDbField[] ReadFields(nint native)
    {
        var fields = new DuckDbField[NativeMethods.StructChildCount(native)];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = new DuckDbField(NativeText.Take(NativeMethods.StructChildName(native, (ulong)i)), Take(NativeMethods.StructChildType(native, (ulong)i)));
        return fields;
    }

    private static string[] ReadEnum(nint native)
    {
        var values = new string[NativeMethods.EnumSize(native)];
        for (var i = 0; i < values.Length; i++)
            values[i] = NativeText.Take(NativeMethods.EnumValue(native, (ulong)i));
        return values;
    }
}
