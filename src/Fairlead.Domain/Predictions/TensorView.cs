using System.Buffers.Binary;
using Fairlead.Domain.Models;

namespace Fairlead.Domain.Predictions;

/// <summary>One tensor of a block, read in place.</summary>
public readonly ref struct TensorView
{
    internal TensorView(TensorType type, ReadOnlySpan<byte> dimensions, ReadOnlySpan<byte> data)
    {
        Type = type;
        Dimensions = dimensions;
        Data = data;
    }

    public TensorType Type { get; }

    /// <summary>Little-endian 64-bit dimensions, 8 bytes each.</summary>
    public ReadOnlySpan<byte> Dimensions { get; }

    /// <summary>Row-major elements, little-endian; BYTES elements are a 32-bit little-endian length and the bytes.</summary>
    public ReadOnlySpan<byte> Data { get; }

    public int Rank => Dimensions.Length / sizeof(long);

    public long Dimension(int axis) => BinaryPrimitives.ReadInt64LittleEndian(Dimensions[(axis * sizeof(long))..]);

    /// <summary>Elements: the product of the dimensions, 1 for a scalar.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            for (var axis = 0; axis < Rank; axis++)
                count = checked(count * Dimension(axis));
            return count;
        }
    }
}
