using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>A column of one chunk, read in place. Valid until the next chunk is fetched.</summary>
public sealed unsafe class DuckDbColumn
{
    private readonly void* data;
    private readonly ulong* validity;
    private readonly int rows;
    private readonly DuckDbColumn[] children;

    private DuckDbColumn(DuckDbType type, nint vector, int rows, DuckDbColumn[] children)
    {
        Type = type;
        this.rows = rows;
        this.children = children;
        data = (void*)NativeMethods.VectorData(vector);
        validity = NativeMethods.VectorValidity(vector);
    }

    public DuckDbType Type { get; }

    /// <summary>Elements of a list or array column, fields of a struct, the entries of a map as one struct.</summary>
    public IReadOnlyList<DuckDbColumn> Children => children;

    public bool IsNull(int row) => validity is not null && (validity[row >> 6] >> (row & 63) & 1) == 0;

    /// <summary>The storage of all rows, of any type of a fixed size; the values of NULL rows are undefined.</summary>
    public ReadOnlySpan<T> Span<T>()
        where T : unmanaged => new(data, rows);

    /// <summary>The bytes of a VARCHAR (UTF-8) or BLOB.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var text = (NativeString*)data + row;
        return text->Length <= NativeString.InlineLimit ? new ReadOnlySpan<byte>(text->Inlined, (int)text->Length) : new ReadOnlySpan<byte>(text->Pointer, (int)text->Length);
    }

    /// <summary>Where the elements of a list or map row lie in its child.</summary>
    public (int Offset, int Count) Range(int row)
    {
        if (Type.Kind == DuckDbTypeKind.Array)
            return (row * Type.Size, Type.Size);
        var entry = ((NativeListEntry*)data)[row];
        return ((int)entry.Offset, (int)entry.Length);
    }

    /// <summary>
    /// The value as an object: null, bool, integers, Int128, UInt128, float, double, decimal (text beyond 28 digits), string, byte[], Guid, DateOnly, TimeOnly,
    /// DateTime (UTC for TIMESTAMPTZ, unspecified otherwise), <see cref="DuckDbInterval"/>, object?[] for lists and arrays,
    /// a dictionary for structs, key-value pairs for maps. Times outside .NET's range, and infinity, become the nearest end of it.
    /// </summary>
    /// <exception cref="NotSupportedException">The type has no such form; cast the column to VARCHAR.</exception>
    public object? Value(int row) => IsNull(row) ? null : DuckDbValue.Read(this, row);

    internal T At<T>(int row)
        where T : unmanaged => ((T*)data)[row];

    internal static DuckDbColumn Attach(DuckDbType type, nint vector, int rows)
    {
        switch (type.Kind)
        {
            case DuckDbTypeKind.Struct:
                var fields = new DuckDbColumn[type.Fields.Count];
                for (var i = 0; i < fields.Length; i++)
                    fields[i] = Attach(type.Fields[i].Type, NativeMethods.StructChild(vector, (ulong)i), rows);
                return new DuckDbColumn(type, vector, rows, fields);
            case DuckDbTypeKind.List:
                return new DuckDbColumn(type, vector, rows, [Attach(type.Element!, NativeMethods.ListChild(vector), Elements(vector, rows))]);
            case DuckDbTypeKind.Array:
                return new DuckDbColumn(type, vector, rows, [Attach(type.Element!, NativeMethods.ArrayChild(vector), rows * type.Size)]);
            case DuckDbTypeKind.Map:
                var entries = NativeMethods.ListChild(vector);
                var count = Elements(vector, rows);
                return new DuckDbColumn(type, vector, rows, [
                    Attach(type.Fields[0].Type, NativeMethods.StructChild(entries, 0), count),
                    Attach(type.Fields[1].Type, NativeMethods.StructChild(entries, 1), count)]);
            default:
                return new DuckDbColumn(type, vector, rows, []);
        }
    }

    private static int Elements(nint vector, int rows)
    {
        var entries = (NativeListEntry*)NativeMethods.VectorData(vector);
        var validity = NativeMethods.VectorValidity(vector);
        var end = 0UL;
        for (var row = 0; row < rows; row++)
        {
            // The entry of a NULL row is undefined.
            if (validity is null || (validity[row >> 6] >> (row & 63) & 1) != 0)
                end = Math.Max(end, entries[row].Offset + entries[row].Length);
        }

        return (int)end;
    }
}
