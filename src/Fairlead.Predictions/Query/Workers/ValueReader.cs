using System.Runtime.InteropServices;
using System.Text;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>Reads what <see cref="ValueWriter"/> wrote, into the objects that <see cref="DuckDbColumn.Value"/> returns. Trusts none of it.</summary>
internal ref struct ValueReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 512;
    private ReadOnlySpan<byte> rest = bytes;
    private int depth;

    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <exception cref="InvalidDataException">The bytes are no value.</exception>
    public object? Read()
    {
        var tag = (ValueTag)Take<byte>();
        return tag switch
        {
            ValueTag.Null => null,
            ValueTag.False => false,
            ValueTag.True => true,
            ValueTag.Int8 => Take<sbyte>(),
            ValueTag.Int16 => Take<short>(),
            ValueTag.Int32 => Take<int>(),
            ValueTag.Int64 => Take<long>(),
            ValueTag.UInt8 => Take<byte>(),
            ValueTag.UInt16 => Take<ushort>(),
            ValueTag.UInt32 => Take<uint>(),
            ValueTag.UInt64 => Take<ulong>(),
            ValueTag.Int128 => Take<Int128>(),
            ValueTag.UInt128 => Take<UInt128>(),
            ValueTag.Single => Take<float>(),
            ValueTag.Double => Take<double>(),
            ValueTag.Decimal => Take<decimal>(),
            ValueTag.Text => Encoding.UTF8.GetString(TakeBytes()),
            ValueTag.Bytes => TakeBytes().ToArray(),
            ValueTag.Guid => Take<Guid>(),
            ValueTag.Date => DateOnly.FromDayNumber(Take<int>()),
            ValueTag.Time => new TimeOnly(Take<long>()),
            ValueTag.DateTime => DateTime.FromBinary(Take<long>()),
            ValueTag.Instant => new DateTimeOffset(Take<long>(), TimeSpan.Zero),
            ValueTag.Interval => Take<DuckDbInterval>(),
            ValueTag.List or ValueTag.Struct or ValueTag.Map => ReadNested(tag),
            _ => throw new InvalidDataException($"There is no kind of value {(byte)tag}."),
        };
    }

    private object ReadNested(ValueTag tag)
    {
        if (++depth > Deepest)
            throw new InvalidDataException("A value is nested too deeply.");
        var count = TakeCount();
        object value = tag switch
        {
            ValueTag.List => ReadList(count),
            ValueTag.Struct => ReadStruct(count),
            _ => ReadMap(count),
        };
        depth--;
        return value;
    }

    private object?[] ReadList(int count)
    {
        var values = new object?[count];
        for (var i = 0; i < count; i++)
            values[i] = Read();
        return values;
    }

    private Dictionary<string, object?> ReadStruct(int count)
    {
        var values = new Dictionary<string, object?>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = Read() as string ?? throw new InvalidDataException("The name of a field is no text.");
            values[name] = Read();
        }

        return values;
    }

    private KeyValuePair<object, object?>[] ReadMap(int count)
    {
        var values = new KeyValuePair<object, object?>[count];
        for (var i = 0; i < count; i++)
        {
            var key = Read() ?? throw new InvalidDataException("The key of a map is NULL.");
            values[i] = new KeyValuePair<object, object?>(key, Read());
        }

        return values;
    }

    private ReadOnlySpan<byte> TakeBytes()
    {
        var length = TakeCount();
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    // Each value has a byte at least.
    private int TakeCount()
    {
        var count = Take<int>();
        return count >= 0 && count <= rest.Length ? count : throw new InvalidDataException($"{count} values do not fit into {rest.Length} bytes.");
    }

    private T Take<T>()
        where T : unmanaged
    {
        if (!MemoryMarshal.TryRead<T>(rest, out var value))
            throw new InvalidDataException("A value is cut off.");
        rest = rest[System.Runtime.CompilerServices.Unsafe.SizeOf<T>()..];
        return value;
    }
}
