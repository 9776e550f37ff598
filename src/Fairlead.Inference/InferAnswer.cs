using Fairlead.Domain.Predictions;

namespace Fairlead.Inference;

/// <summary>What a model answered. Pooled and reused; one thread at a time.</summary>
public sealed class InferAnswer
{
    internal GrowableBuffer Outputs { get; } = new();

    /// <summary>Tensors in the signature's order (<see cref="TensorBlock"/>): what is answered and what is logged.</summary>
    public ReadOnlySpan<byte> OutputBlock => Outputs.Written;

    /// <summary>Forgets the answer; buffers are kept unless they grew past 1 MiB.</summary>
    public void Clear() => Outputs.Clear();
}
