using System.Buffers;
using System.Numerics;

namespace Fairlead.Inference.Grpc;

/// <summary>Writes protobuf fields into a buffer writer. All tags written here take one byte.</summary>
internal ref struct ProtoOutput
{
    private const int Chunk = 512;
    private const int LongestVarint = 10;
    private readonly IBufferWriter<byte> target;
    private Span<byte> span;
    private int used;

    public ProtoOutput(IBufferWriter<byte> target)
    {
        this.target = target;
        span = target.GetSpan(Chunk);
    }

    /// <summary>Bytes of a length-delimited field: its tag, its length and its value.</summary>
    public static int FieldSize(int length) => 1 + VarintSize((uint)length) + length;

    public static int VarintSize(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>Name and datatype of a tensor.</summary>
    public static byte[] TensorPrefix(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var message = new ProtoOutput(buffer);
        message.Bytes(ProtoTag.TensorName, name);
        message.Bytes(ProtoTag.TensorDatatype, type);
        message.Complete();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>At least so many bytes; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Room(int bytes)
    {
        if (span.Length - used < bytes)
        {
            target.Advance(used);
            span = target.GetSpan(Math.Max(bytes, Chunk));
            used = 0;
        }

        return span[used..];
    }

    public void Advance(int bytes) => used += bytes;

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        used += bytes.Length;
    }

    public void Varint(ulong value)
    {
        var room = Room(LongestVarint);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        used += length;
    }

    /// <summary>Tag and length of a field whose value comes next.</summary>
    public void Length(uint tag, int length)
    {
        Varint(tag);
        Varint((uint)length);
    }

    public void Bytes(uint tag, scoped ReadOnlySpan<byte> value)
    {
        Length(tag, value.Length);
        Raw(value);
    }

    public void Complete()
    {
        target.Advance(used);
        used = 0;
        span = default;
    }
}
