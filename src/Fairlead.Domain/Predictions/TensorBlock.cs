using System.Buffers.Binary;
using Fairlead.Domain.Models;

namespace Fairlead.Domain.Predictions;

/// <summary>
/// Tensors laid end to end in the order of a signature, the form in which they are scored from and logged. Each tensor is
/// <c>u8 type | u8 rank | i64 dimension × rank | u32 byte length | bytes</c>, all little-endian; type 0 stands for a tensor that is absent
/// and is followed by nothing. The bytes are those of the Open Inference Protocol's raw form: row-major, BOOL one byte,
/// BYTES elements as <c>u32 length | bytes</c>.
/// </summary>
public static class TensorBlock
{
    public const int MaxRank = 8;

    /// <summary>Bytes of a header for a tensor of that rank.</summary>
    public static int HeaderSize(int rank) => 2 + (rank * sizeof(long)) + sizeof(uint);

    /// <summary>Writes a header and returns its size.</summary>
    public static int WriteHeader(Span<byte> target, TensorType type, ReadOnlySpan<long> shape, int byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Length, MaxRank);
        target[0] = (byte)type;
        target[1] = (byte)shape.Length;
        var at = 2;
        foreach (var dimension in shape)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[at..], dimension);
            at += sizeof(long);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)byteLength);
        return at + sizeof(uint);
    }

    /// <summary>Reads the tensor at the start of the block and moves the block past it; false at the end of the block.</summary>
    /// <param name="block">What is left of the block.</param>
    /// <param name="tensor">Its <see cref="TensorView.Type"/> is 0 when the tensor is absent.</param>
    /// <exception cref="InvalidDataException">The block is cut short.</exception>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> block, out TensorView tensor)
    {
        tensor = default;
        if (block.IsEmpty)
            return false;
        if (block[0] == 0)
        {
            block = block[1..];
            return true;
        }

        if (block.Length < 2 || block[1] > MaxRank || block.Length < HeaderSize(block[1]))
            throw new InvalidDataException("A tensor's header is cut short.");
        var header = HeaderSize(block[1]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(block[(header - sizeof(uint))..]);
        if (length > block.Length - header)
            throw new InvalidDataException("A tensor's bytes are cut short.");
        tensor = new TensorView((TensorType)block[0], block[2..(header - sizeof(uint))], block.Slice(header, (int)length));
        block = block[(header + (int)length)..];
        return true;
    }
}
