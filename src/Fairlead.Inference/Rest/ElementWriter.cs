using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>
/// Writes a tensor's elements as a flat JSON list. Numbers have the fewest digits that read back to the same bits of their own type.
/// JSON has no NaN and no infinities: they are written as null, so that an answer is always JSON.
/// </summary>
internal static class ElementWriter
{
    private const int LongestNumber = 32;

    public static void Write(ref JsonOutput json, scoped TensorView tensor)
    {
        json.Raw((byte)'[');
        var data = tensor.Data;
        var first = true;
        while (!data.IsEmpty)
        {
            if (!first)
                json.Raw((byte)',');
            first = false;
            data = data[WriteOne(ref json, tensor.Type, data)..];
        }

        json.Raw((byte)']');
    }

    /// <summary>Writes the element at the start of the data and returns its size.</summary>
    private static int WriteOne(ref JsonOutput json, TensorType type, scoped ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case TensorType.Float64:
                WriteDouble(ref json, BinaryPrimitives.ReadDoubleLittleEndian(data));
                return sizeof(double);
            case TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16:
                WriteFloat(ref json, Element.ReadSingle(type, data));
                return type.ElementSize();
            case TensorType.Bool:
                json.Raw(data[0] != 0 ? "true"u8 : "false"u8);
                return 1;
            case TensorType.UInt64:
                WriteUnsigned(ref json, BinaryPrimitives.ReadUInt64LittleEndian(data));
                return sizeof(ulong);
            case TensorType.Bytes:
                var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
                json.String(data.Slice(sizeof(uint), length));
                return sizeof(uint) + length;
            default:
                json.Number(Element.ReadWhole(type, data));
                return type.ElementSize();
        }
    }

    private static void WriteFloat(ref JsonOutput json, float value)
    {
        if (!float.IsFinite(value))
        {
            json.Raw("null"u8);
            return;
        }

        value.TryFormat(json.Room(LongestNumber), out var written);
        json.Advance(written);
    }

    private static void WriteDouble(ref JsonOutput json, double value)
    {
        if (!double.IsFinite(value))
        {
            json.Raw("null"u8);
            return;
        }

        value.TryFormat(json.Room(LongestNumber), out var written);
        json.Advance(written);
    }

    private static void WriteUnsigned(ref JsonOutput json, ulong value)
    {
        value.TryFormat(json.Room(LongestNumber), out var written);
        json.Advance(written);
    }
}
