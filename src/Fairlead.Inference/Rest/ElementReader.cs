using System.Buffers.Binary;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads one element of a tensor from JSON and appends its raw form.</summary>
internal static class ElementReader
{
    private const int LargestNumber = sizeof(long);

    /// <param name="position">Of the element in its tensor, for messages.</param>
    public static void Read(ref Utf8JsonReader reader, TensorCodec tensor, GrowableBuffer target, int position)
    {
        if (tensor.Spec.Type == TensorType.Bytes)
        {
            ReadString(ref reader, tensor, target, position);
            return;
        }

        var bytes = target.Reserve(LargestNumber);
        var written = tensor.Spec.Type switch
        {
            TensorType.Bool => ReadBool(ref reader, bytes),
            _ when reader.TokenType != JsonTokenType.Number => 0,
            TensorType.Float32 => ReadSingle(ref reader, bytes),
            TensorType.Float64 => ReadDouble(ref reader, bytes),
            TensorType.Int64 => ReadInt64(ref reader, bytes),
            TensorType.UInt64 => ReadUInt64(ref reader, bytes),
            var type => ReadSmall(ref reader, type, bytes),
        };
        if (written == 0)
            throw Wrong(ref reader, tensor, position);
        target.Advance(written);
    }

    private static int ReadBool(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return 0;
        target[0] = reader.TokenType == JsonTokenType.True ? (byte)1 : (byte)0;
        return 1;
    }

    private static int ReadSingle(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (!reader.TryGetSingle(out var value) || !float.IsFinite(value))
            return 0;
        BinaryPrimitives.WriteSingleLittleEndian(target, value);
        return sizeof(float);
    }

    private static int ReadDouble(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
            return 0;
        BinaryPrimitives.WriteDoubleLittleEndian(target, value);
        return sizeof(double);
    }

    private static int ReadInt64(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (!reader.TryGetInt64(out var value))
            return 0;
        BinaryPrimitives.WriteInt64LittleEndian(target, value);
        return sizeof(long);
    }

    private static int ReadUInt64(ref Utf8JsonReader reader, Span<byte> target)
    {
        if (!reader.TryGetUInt64(out var value))
            return 0;
        BinaryPrimitives.WriteUInt64LittleEndian(target, value);
        return sizeof(ulong);
    }

    // The low bytes of the 64-bit form are those of the narrow one, once the range is checked.
    private static int ReadSmall(ref Utf8JsonReader reader, TensorType type, Span<byte> target)
    {
        var (lowest, highest) = Range(type);
        if (!reader.TryGetInt64(out var value) || value < lowest || value > highest)
            return 0;
        BinaryPrimitives.WriteInt64LittleEndian(target, value);
        return type.ElementSize();
    }

    private static void ReadString(ref Utf8JsonReader reader, TensorCodec tensor, GrowableBuffer target, int position)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw Wrong(ref reader, tensor, position);
        var text = reader.ValueSpan;
        var bytes = target.Reserve(sizeof(uint) + text.Length);
        var length = text.Length;
        if (reader.ValueIsEscaped)
            length = reader.CopyString(bytes[sizeof(uint)..]);
        else
            text.CopyTo(bytes[sizeof(uint)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        target.Advance(sizeof(uint) + length);
    }

    private static (long Lowest, long Highest) Range(TensorType type) => type switch
    {
        TensorType.UInt8 => (byte.MinValue, byte.MaxValue),
        TensorType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TensorType.UInt32 => (uint.MinValue, uint.MaxValue),
        TensorType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        TensorType.Int16 => (short.MinValue, short.MaxValue),
        TensorType.Int32 => (int.MinValue, int.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not read from JSON"),
    };

    private static Exception Wrong(ref Utf8JsonReader reader, TensorCodec tensor, int position) =>
        JsonRefusal.Member(ref reader, Refusal.Input(tensor), $"data[{position}]", Expected(tensor.Spec.Type));

    private static string Expected(TensorType type) => type switch
    {
        TensorType.Bool => "true or false (BOOL)",
        TensorType.Bytes => "a string (BYTES)",
        TensorType.Float32 or TensorType.Float64 => $"a finite number ({type.WireName()})",
        TensorType.Int64 => $"a whole number from {long.MinValue} to {long.MaxValue} (INT64)",
        TensorType.UInt64 => $"a whole number from 0 to {ulong.MaxValue} (UINT64)",
        _ => $"a whole number from {Range(type).Lowest} to {Range(type).Highest} ({type.WireName()})",
    };
}
