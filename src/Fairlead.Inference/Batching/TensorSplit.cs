using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Batching;

/// <summary>Gives each request its rows of a common answer, in order.</summary>
internal ref struct TensorSplit
{
    private readonly ReadOnlySpan<byte> outputs;
    private readonly int rows;
    private readonly Span<int> taken;

    /// <param name="outputs">The block of the whole answer.</param>
    /// <param name="rows">Of the whole answer.</param>
    /// <param name="taken">As many zeros as there are outputs: the bytes of each that were given away.</param>
    public TensorSplit(ReadOnlySpan<byte> outputs, int rows, Span<int> taken)
    {
        this.outputs = outputs;
        this.rows = rows;
        this.taken = taken;
    }

    /// <summary>True when every output has a row for each row of the inputs.</summary>
    public readonly bool IsPossible
    {
        get
        {
            var rest = outputs;
            while (TensorBlock.TryRead(ref rest, out var tensor))
            {
                if (tensor.Rank == 0 || tensor.Dimension(0) != rows)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The next rows, as a block of their own.</summary>
    public readonly void Take(int count, GrowableBuffer target)
    {
        Span<long> shape = stackalloc long[TensorBlock.MaxRank];
        var rest = outputs;
        for (var i = 0; TensorBlock.TryRead(ref rest, out var tensor); i++)
        {
            shape[0] = count;
            for (var axis = 1; axis < tensor.Rank; axis++)
                shape[axis] = tensor.Dimension(axis);
            var left = tensor.Data[taken[i]..];
            var length = Length(tensor, left, count);
            target.Advance(TensorBlock.WriteHeader(target.Reserve(TensorBlock.HeaderSize(tensor.Rank)), tensor.Type, shape[..tensor.Rank], length));
            target.Append(left[..length]);
            taken[i] += length;
        }
    }

    /// <summary>Passes over rows that nobody waits for any more.</summary>
    public readonly void Skip(int count)
    {
        var rest = outputs;
        for (var i = 0; TensorBlock.TryRead(ref rest, out var tensor); i++)
            taken[i] += Length(tensor, tensor.Data[taken[i]..], count);
    }

    private readonly int Length(TensorView tensor, ReadOnlySpan<byte> left, int count) =>
        tensor.Type == TensorType.Bytes ? LengthOfStrings(left, tensor.Count / rows * count) : tensor.Data.Length / rows * count;

    private static int LengthOfStrings(ReadOnlySpan<byte> data, long count)
    {
        var length = 0;
        for (; count > 0; count--)
            length += sizeof(uint) + (int)BinaryPrimitives.ReadUInt32LittleEndian(data[length..]);
        return length;
    }
}
