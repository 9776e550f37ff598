using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Batching;

/// <summary>How requests for a model are laid together.</summary>
internal sealed class BatchLayout
{
    private readonly bool hasVariableInner;

    private BatchLayout(Signature signature)
    {
        Signature = signature;
        hasVariableInner = signature.Inputs.Any(input => input.Shape.Skip(1).Any(dimension => dimension < 0));
    }

    public Signature Signature { get; }

    /// <summary>Null when an input or output does not count rows in its first dimension.</summary>
    public static BatchLayout? Of(Signature signature) =>
        signature.Inputs.Count > 0 && signature.Inputs.Concat(signature.Outputs).All(tensor => tensor.Shape.Count > 0 && tensor.Shape[0] < 0)
            ? new BatchLayout(signature)
            : null;

    /// <summary>All dimensions but the rows of a request's inputs, when they are not the same for every request.</summary>
    public long[] Inner(ReadOnlySpan<byte> inputs)
    {
        if (!hasVariableInner)
            return [];
        var inner = new List<long>();
        while (TensorBlock.TryRead(ref inputs, out var tensor))
        {
            for (var axis = 1; axis < tensor.Rank; axis++)
                inner.Add(tensor.Dimension(axis));
        }

        return [.. inner];
    }
}
