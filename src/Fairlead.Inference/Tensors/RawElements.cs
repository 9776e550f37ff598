using System.Buffers.Binary;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tensors;

/// <summary>Checks elements in the raw form: little-endian, row-major, BOOL one byte, BYTES elements as 32-bit length and bytes.</summary>
internal static class RawElements
{
    /// <exception cref="Domain.Problems.FairleadException">Invalid: the bytes are not those of the shape.</exception>
    public static void Check(TensorCodec tensor, TensorShape shape, ReadOnlySpan<byte> raw)
    {
        var type = tensor.Spec.Type;
        if (type == TensorType.Bytes)
        {
            CheckStrings(tensor, shape, raw);
            return;
        }

        var expected = (Int128)shape.Count * type.ElementSize();
        if (raw.Length != expected)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {raw.Length} bytes, and its shape {shape} of {type.WireName()} takes {expected}.");
        if (type == TensorType.Bool)
            CheckBools(tensor, raw);
    }

    private static void CheckBools(TensorCodec tensor, ReadOnlySpan<byte> raw)
    {
        var wrong = raw.IndexOfAnyExcept((byte)0, (byte)1);
        if (wrong >= 0)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has the byte '{raw[wrong]}' as its element {wrong}; expected 0 or 1 (BOOL).");
    }

    private static void CheckStrings(TensorCodec tensor, TensorShape shape, ReadOnlySpan<byte> raw)
    {
        var elements = 0L;
        var rest = raw;
        while (!rest.IsEmpty)
        {
            if (rest.Length < sizeof(uint))
                throw Refusal.Invalid($"{Refusal.Input(tensor)} ends in the middle of a length at byte {raw.Length - rest.Length}; expected each BYTES element as 4 bytes of length (little-endian) and its bytes.");
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            rest = rest[sizeof(uint)..];
            if (length > rest.Length)
                throw Refusal.Invalid($"{Refusal.Input(tensor)} says that its element {elements} has '{length}' bytes, and {rest.Length} are left; expected each BYTES element as 4 bytes of length (little-endian) and its bytes.");
            rest = rest[(int)length..];
            elements++;
        }

        if (elements != shape.Count)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {elements} elements in its bytes, and its shape {shape} holds {shape.Count}.");
    }
}
