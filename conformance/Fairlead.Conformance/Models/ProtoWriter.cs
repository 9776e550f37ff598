using System.Text;

namespace Fairlead.Conformance.Models;

/// <summary>As much of the protobuf wire format as an ONNX file needs.</summary>
internal sealed class ProtoWriter
{
    private const int LengthDelimited = 2;
    private readonly List<byte> bytes = [];

    public ProtoWriter Integer(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    public byte[] ToArray() => [.. bytes];

    private ProtoWriter Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | LengthDelimited);
        Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
