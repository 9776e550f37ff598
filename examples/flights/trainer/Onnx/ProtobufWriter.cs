using System.Buffers.Binary;
using System.Text;

namespace Trainer.Onnx;

/// <summary>Writes one protobuf message, field by field: as much of the wire format as a model file needs.</summary>
internal sealed class ProtobufWriter
{
    private readonly MemoryStream bytes = new();

    private enum WireType
    {
        Varint = 0,
        LengthDelimited = 2,
        Fixed32 = 5,
    }

    public void Write(int field, long value)
    {
        WriteTag(field, WireType.Varint);
        WriteVarint((ulong)value);
    }

    public void Write(int field, float value)
    {
        WriteTag(field, WireType.Fixed32);
        Span<byte> four = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        bytes.Write(four);
    }

    public void Write(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    public void Write(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, WireType.LengthDelimited);
        WriteVarint((ulong)value.Length);
        bytes.Write(value);
    }

    public void Write(int field, Action<ProtobufWriter> message)
    {
        var nested = new ProtobufWriter();
        message(nested);
        Write(field, nested.ToArray());
    }

    public byte[] ToArray() => bytes.ToArray();

    private void WriteTag(int field, WireType type) => WriteVarint(((ulong)field << 3) | (ulong)type);

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.WriteByte((byte)value);
    }
}
