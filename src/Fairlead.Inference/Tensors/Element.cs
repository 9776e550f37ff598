using System.Buffers.Binary;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tensors;

/// <summary>Reads one element from the start of its raw form.</summary>
internal static class Element
{
    /// <summary>Of a whole number of any type but UINT64.</summary>
    public static long ReadWhole(TensorType type, ReadOnlySpan<byte> data) => type switch
    {
        TensorType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(data),
        TensorType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(data),
        TensorType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(data),
        TensorType.Int8 => (sbyte)data[0],
        TensorType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(data),
        TensorType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(data),
        TensorType.UInt8 => data[0],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no whole number"),
    };

    /// <summary>Of a float of at most 32 bits.</summary>
    public static float ReadSingle(TensorType type, ReadOnlySpan<byte> data) => type switch
    {
        TensorType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(data),
        TensorType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(data),
        TensorType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(data) << 16),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no float of at most 32 bits"),
    };
}
