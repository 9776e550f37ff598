using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>Writes the values of one column, field or list of an appender, one after the other.</summary>
public sealed unsafe class DuckDbColumnWriter
{
    private readonly DuckDbColumnWriter[] children;
    private readonly int size;
    private nint vector;
    private byte* data;
    private ulong* validity;
    private int capacity;

    internal DuckDbColumnWriter(DuckDbType type)
    {
        Type = type;
        size = SizeOf(type);
        children = type.Kind switch
        {
            DuckDbTypeKind.Struct => [.. type.Fields.Select(field => new DuckDbColumnWriter(field.Type))],
            DuckDbTypeKind.List => [new DuckDbColumnWriter(type.Element!)],
            _ => [],
        };
    }

    public DuckDbType Type { get; }

    /// <summary>Writers of a struct's fields, in order.</summary>
    public IReadOnlyList<DuckDbColumnWriter> Fields => children;

    /// <summary>Values written since the chunk began.</summary>
    internal int Count { get; private set; }

    /// <summary>Writes a value of fixed size: exactly the storage of the type, such as long for BIGINT and microseconds for TIMESTAMPTZ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(T value)
        where T : unmanaged
    {
        if (sizeof(T) != size || Count >= capacity)
            ThrowMisuse(sizeof(T));
        ((T*)data)[Count++] = value;
    }

    /// <summary>Writes a value for each of several rows at once; see <see cref="Write"/>.</summary>
    /// <param name="bytes">The storage of the values, end to end.</param>
    public void WriteAll(ReadOnlySpan<byte> bytes)
    {
        var count = size == 0 ? 0 : bytes.Length / size;
        if (count * size != bytes.Length || Count + count > capacity)
            ThrowMisuse(bytes.Length);
        bytes.CopyTo(new Span<byte>(data + ((long)Count * size), bytes.Length));
        Count += count;
    }

    /// <summary>Ends a struct value in each of several rows, after as many were written into each of its fields.</summary>
    public void EndStructs(int rows)
    {
        Count += rows;
        foreach (var field in children)
        {
            if (field.Count != Count)
                throw new InvalidOperationException($"A struct's field of type {field.Type} has {field.Count} values instead of {Count}.");
        }
    }

    /// <param name="bytes">16 bytes in network order.</param>
    public void WriteUuid(ReadOnlySpan<byte> bytes) => Write(new NativeHugeInt
    {
        Upper = BinaryPrimitives.ReadInt64BigEndian(bytes) ^ long.MinValue,
        Lower = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
    });

    /// <exception cref="ArgumentException">The bytes are no valid UTF-8.</exception>
    public void WriteUtf8(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            throw new ArgumentException("The text is no valid UTF-8.", nameof(text));
        WriteBytes(text, DuckDbTypeKind.Varchar);
    }

    public void WriteBlob(ReadOnlySpan<byte> bytes) => WriteBytes(bytes, DuckDbTypeKind.Blob);

    public void WriteNull()
    {
        if (Count >= capacity)
            ThrowMisuse(size);
        if (validity is null)
        {
            NativeMethods.EnsureValidity(vector);
            validity = NativeMethods.VectorValidity(vector);
        }

        validity[Count >> 6] &= ~(1UL << (Count & 63));
        if (Type.Kind == DuckDbTypeKind.List)
            *((NativeListEntry*)data + Count) = default;
        else if (Type.Kind == DuckDbTypeKind.Varchar || Type.Kind == DuckDbTypeKind.Blob)
            *((NativeString*)data + Count) = default;
        foreach (var field in Type.Kind == DuckDbTypeKind.Struct ? children : [])
            field.WriteNull();
        Count++;
    }

    /// <summary>Ends a struct value, after one value was written into each of its fields.</summary>
    public void EndStruct() => EndStructs(1);

    /// <summary>Begins a list value of that many elements, each of which is then written into the returned writer.</summary>
    public DuckDbColumnWriter BeginList(int count)
    {
        var element = children[0];
        if (element.Count + count > element.capacity)
            GrowList(element, element.Count + count);
        Write(new NativeListEntry { Offset = (ulong)element.Count, Length = (ulong)count });
        return element;
    }

    internal void Begin(nint target, int rows)
    {
        Count = 0;
        validity = null;
        Attach(target, rows);
    }

    internal void End()
    {
        if (Type.Kind == DuckDbTypeKind.List && NativeMethods.SetListSize(vector, (ulong)children[0].Count) != 0)
            throw new DuckDbException("The size of a list was refused.");
        foreach (var child in children)
            child.End();
    }

    private void Attach(nint target, int rows)
    {
        vector = target;
        capacity = rows;
        data = (byte*)NativeMethods.VectorData(target);
        if (Type.Kind == DuckDbTypeKind.Struct)
        {
            for (var i = 0; i < children.Length; i++)
                children[i].Begin(NativeMethods.StructChild(target, (ulong)i), rows);
        }
        else if (Type.Kind == DuckDbTypeKind.List)
        {
            // Nothing is reserved before the first list value asks for room.
            children[0].Begin(NativeMethods.ListChild(target), 0);
        }
    }

    private void GrowList(DuckDbColumnWriter element, int needed)
    {
        var room = Math.Max(needed, Math.Max(1024, element.capacity * 2));
        if (NativeMethods.ReserveList(vector, (ulong)room) != 0)
            throw new DuckDbException("There is no room for a list.", DuckDbErrorKind.OutOfMemory);
        element.Move(NativeMethods.ListChild(vector), room);
    }

    // Growing moves the storage of the elements; what was written so far moves with it.
    private void Move(nint target, int room)
    {
        vector = target;
        capacity = room;
        data = (byte*)NativeMethods.VectorData(target);
        if (validity is not null)
        {
            NativeMethods.EnsureValidity(target);
            validity = NativeMethods.VectorValidity(target);
        }

        for (var i = 0; Type.Kind == DuckDbTypeKind.Struct && i < children.Length; i++)
            children[i].Move(NativeMethods.StructChild(target, (ulong)i), room);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes, DuckDbTypeKind kind)
    {
        if (Type.Kind != kind || Count >= capacity)
            ThrowMisuse(bytes.Length);
        if (bytes.Length <= NativeString.InlineLimit)
        {
            var text = new NativeString { Length = (uint)bytes.Length };
            bytes.CopyTo(new Span<byte>(text.Inlined, NativeString.InlineLimit));
            ((NativeString*)data)[Count++] = text;
            return;
        }

        fixed (byte* start = bytes)
            NativeMethods.AssignString(vector, (ulong)Count++, start, (ulong)bytes.Length);
    }

    private void ThrowMisuse(int given) =>
        throw new InvalidOperationException(Count >= capacity
            ? $"Value {Count} of a column of type {Type} is beyond the chunk's {capacity}."
            : $"A value of {given} bytes was written into a column of type {Type}.");

    private static int SizeOf(DuckDbType type) => type.Kind switch
    {
        DuckDbTypeKind.Boolean or DuckDbTypeKind.TinyInt or DuckDbTypeKind.UTinyInt => 1,
        DuckDbTypeKind.SmallInt or DuckDbTypeKind.USmallInt => 2,
        DuckDbTypeKind.Integer or DuckDbTypeKind.UInteger or DuckDbTypeKind.Float or DuckDbTypeKind.Date => 4,
        DuckDbTypeKind.BigInt or DuckDbTypeKind.UBigInt or DuckDbTypeKind.Double or DuckDbTypeKind.Time or DuckDbTypeKind.Timestamp
            or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds or DuckDbTypeKind.TimestampMilliseconds
            or DuckDbTypeKind.TimestampNanoseconds => 8,
        DuckDbTypeKind.HugeInt or DuckDbTypeKind.UHugeInt or DuckDbTypeKind.Uuid or DuckDbTypeKind.List or DuckDbTypeKind.Interval => 16,
        DuckDbTypeKind.Varchar or DuckDbTypeKind.Blob or DuckDbTypeKind.Struct => 0,
        _ => throw new DuckDbException($"Columns of type {type} cannot be appended."),
    };
}
