using System.Buffers;
using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Capturing;

/// <summary>Writes a tensor of the same shape that holds the hash of each element as text.</summary>
internal static class TensorHash
{
    private const int ElementSize = sizeof(uint) + CaptureHash.Length;

    /// <exception cref="InvalidDataException">The tensor's bytes are not what its header says.</exception>
    public static void Write(in TensorView tensor, CaptureHash hash, IBufferWriter<byte> target)
    {
        var count = checked((int)tensor.Count);
        Span<long> shape = stackalloc long[tensor.Rank];
        for (var axis = 0; axis < shape.Length; axis++)
            shape[axis] = tensor.Dimension(axis);
        var header = TensorBlock.WriteHeader(target.GetSpan(TensorBlock.HeaderSize(shape.Length)), TensorType.Bytes, shape, checked(count * ElementSize));
        target.Advance(header);
        var data = tensor.Data;
        for (var left = count; left > 0; left--)
        {
            var element = target.GetSpan(ElementSize);
            BinaryPrimitives.WriteUInt32LittleEndian(element, CaptureHash.Length);
            data = data[WriteElement(tensor.Type, data, hash, element.Slice(sizeof(uint), CaptureHash.Length))..];
            target.Advance(ElementSize);
        }
    }

    /// <summary>Hashes the element at the start of the data, and returns its length there.</summary>
    private static int WriteElement(TensorType type, ReadOnlySpan<byte> data, CaptureHash hash, Span<byte> target)
    {
        var size = type == TensorType.Bytes ? SizeOfText(data) : type.ElementSize();
        if (data.Length < size)
            throw new InvalidDataException("A tensor's bytes are cut short.");
        switch (type)
        {
            case TensorType.Bool:
                hash.Write(data[0] != 0, target);
                break;
            case TensorType.Int8 or TensorType.Int16 or TensorType.Int32 or TensorType.Int64:
                hash.Write(Signed(type, data), target);
                break;
            case TensorType.UInt8 or TensorType.UInt16 or TensorType.UInt32 or TensorType.UInt64:
                hash.Write(Unsigned(type, data), target);
                break;
            case TensorType.Float64:
                hash.Write(BinaryPrimitives.ReadDoubleLittleEndian(data), target);
                break;
            case TensorType.Bytes:
                hash.Write(data[sizeof(uint)..size], target);
                break;
            default:
                hash.Write(Single(type, data), target);
                break;
        }

        return size;
    }

    private static int SizeOfText(ReadOnlySpan<byte> data)
    {
        if (data.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(data) > data.Length - sizeof(uint))
            throw new InvalidDataException("A tensor's bytes are cut short.");
        return sizeof(uint) + (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
    }

    private static long Signed(TensorType type, ReadOnlySpan<byte> data) => type switch
    {
        TensorType.Int8 => (sbyte)data[0],
        TensorType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(data),
        TensorType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(data),
        _ => BinaryPrimitives.ReadInt64LittleEndian(data),
    };

    private static ulong Unsigned(TensorType type, ReadOnlySpan<byte> data) => type switch
    {
        TensorType.UInt8 => data[0],
        TensorType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(data),
        TensorType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(data),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(data),
    };

    private static float Single(TensorType type, ReadOnlySpan<byte> data) => type switch
    {
        TensorType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(data),

        // The upper half of a single: the same exponent, fewer digits.
        TensorType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(data) << 16),
        _ => BinaryPrimitives.ReadSingleLittleEndian(data),
    };
}
