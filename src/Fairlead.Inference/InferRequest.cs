using Fairlead.Domain.Predictions;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference;

/// <summary>A request's tensors and what else it asks for. Pooled and reused; one thread at a time.</summary>
public sealed class InferRequest
{
    /// <summary>Longest id that a client may give its request.</summary>
    public const int MaxIdBytes = 1024;
    private readonly GrowableBuffer id = new();
    private GrowableBuffer block = new();
    private GrowableBuffer spare = new();

    /// <summary>The client's own id of the request in UTF-8, empty when it gave none.</summary>
    public ReadOnlySpan<byte> Id => id.Written;

    /// <summary>Rows to be scored: the first dimension of the batched inputs, 1 when the model has none; 0 before a request was read.</summary>
    public int Rows { get; internal set; }

    /// <summary>Tensors in the signature's order (<see cref="TensorBlock"/>): what is scored and what is logged.</summary>
    public ReadOnlySpan<byte> InputBlock => block.Written;

    internal GrowableBuffer IdBuffer => id;

    internal GrowableBuffer Block => block;

    /// <summary>Where the tensors read so far are.</summary>
    internal InputPlaces Places { get; } = new();

    /// <summary>Which outputs the client asked for; all when it named none.</summary>
    internal OutputChoice Outputs { get; } = new();

    /// <summary>Dimensions of the tensor that is being read.</summary>
    internal ShapeReading Shape { get; } = new();

    /// <summary>Forgets the request; buffers are kept unless they grew past 1 MiB.</summary>
    public void Clear()
    {
        id.Clear();
        block.Clear();
        spare.Clear();
        Outputs.Clear();
        Rows = 0;
    }

    /// <summary>Takes tensors that are laid out already, for rows that come from a file and not from a client.</summary>
    /// <param name="rows">Rows to be scored.</param>
    /// <param name="inputs">A block in the signature's order (<see cref="TensorBlock"/>).</param>
    public void Fill(int rows, ReadOnlySpan<byte> inputs)
    {
        Clear();
        block.Append(inputs);
        Rows = rows;
    }

    /// <summary>After a request turned out to be wrong: none of its tensors stays.</summary>
    internal void ClearTensors()
    {
        block.Clear();
        Rows = 0;
    }

    /// <summary>Brings tensors that arrived in another order into the signature's.</summary>
    internal void Reorder()
    {
        if (Places.AreInOrder)
            return;
        spare.Clear();
        for (var i = 0; i < Places.Count; i++)
            spare.Append(block.Written.Slice(Places.Start(i), Places.Length(i)));
        (block, spare) = (spare, block);
    }
}
