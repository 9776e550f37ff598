using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference;

/// <summary>What a model answered. Pooled and reused; one thread at a time.</summary>
public sealed class InferAnswer
{
    /// <summary>Tensors in the signature's order (<see cref="TensorBlock"/>): what is answered and what is logged.</summary>
    public ReadOnlySpan<byte> OutputBlock => Outputs.Written;

    internal GrowableBuffer Outputs { get; } = new();

    /// <summary>The outputs that a client wants as classes, in that form; filled by the writers.</summary>
    internal GrowableBuffer Classes { get; } = new();

    /// <summary>Bytes beyond those that are kept from answer to answer.</summary>
    public int LargeBytes => Outputs.LargeBytes + Classes.LargeBytes;

    /// <summary>Forgets the answer; buffers are kept unless they grew past 1 MiB.</summary>
    public void Clear()
    {
        Outputs.Clear();
        Classes.Clear();
    }

    /// <summary>
    /// Answers a batch without rows (<see cref="InferRequest.IsEmpty"/>), which no model needs to see: every output has no rows either,
    /// and 0 for its other variable dimensions.
    /// </summary>
    /// <exception cref="FairleadException">Invalid: an output is not one value per row, so that what it would be without rows is the model's secret.</exception>
    public void FillEmpty(SignatureCodec codec)
    {
        Clear();
        Span<long> shape = stackalloc long[TensorBlock.MaxRank];
        foreach (var output in codec.Outputs)
        {
            if (!output.IsBatched)
                throw Refusal.Invalid($"The request has no rows, and the output '{output.Spec.Name}' of shape {Refusal.Shape([.. output.Spec.Shape])} is not one value per row; send at least 1 row.");
            for (var axis = 0; axis < output.Rank; axis++)
                shape[axis] = Math.Max(0, output.Spec.Shape[axis]);
            Outputs.Advance(TensorBlock.WriteHeader(Outputs.Reserve(TensorBlock.HeaderSize(output.Rank)), output.Spec.Type, shape[..output.Rank], 0));
        }
    }
}
