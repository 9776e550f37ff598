using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Tensors;

/// <summary>The dimensions that a client gave a tensor.</summary>
internal sealed class TensorShape
{
    private readonly long[] dimensions = new long[TensorBlock.MaxRank];
    private readonly long[] nesting = new long[TensorBlock.MaxRank];
    private int rank;

    public ReadOnlySpan<long> Dimensions => dimensions.AsSpan(0, rank);

    /// <summary>Elements that the shape holds, or -1 when they are more than any request can carry.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            foreach (var dimension in Dimensions)
            {
                if (Math.BigMul(count, dimension, out count) != 0 || count < 0)
                    return -1;
            }

            return count;
        }
    }

    /// <summary>The dimensions that nested data turned out to have.</summary>
    public Span<long> Nesting(int depth) => nesting.AsSpan(0, depth);

    public void Clear() => rank = 0;

    /// <param name="dimension">0 or more.</param>
    /// <param name="tensor">For messages; null before the name was read.</param>
    public void Add(long dimension, TensorCodec? tensor)
    {
        if (rank == TensorBlock.MaxRank)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has a 'shape' of more than {TensorBlock.MaxRank} dimensions.");
        dimensions[rank++] = dimension;
    }

    /// <summary>The one-element shape of a scalar, which some clients send, is the scalar's own.</summary>
    public void TakeScalar()
    {
        if (rank == 1 && dimensions[0] == 1)
            rank = 0;
    }

    public override string ToString() => Refusal.Shape(Dimensions);
}
