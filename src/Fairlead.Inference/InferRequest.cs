using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference;

/// <summary>A request's tensors and what else it asks for. Pooled and reused; one thread at a time.</summary>
public sealed class InferRequest
{
    /// <summary>Longest id that a client may give its request.</summary>
    public const int MaxIdBytes = 1024;

    /// <summary>A larger body, or tensors that take more, are refused: they might not fit into one block.</summary>
    internal const int MaxBytes = 256 << 20;
    private readonly GrowableBuffer id = new();
    private GrowableBuffer block = new();
    private GrowableBuffer spare = new();
    private bool hasRows;

    /// <summary>The client's own id of the request in UTF-8, empty when it gave none.</summary>
    public ReadOnlySpan<byte> Id => id.Written;

    /// <summary>Rows to be scored: the first dimension of the batched inputs, 1 when the model has none; 0 before a request was read and for an empty batch.</summary>
    public int Rows { get; private set; }

    /// <summary>True for a request that was read and whose batch has no rows: nothing is to be scored and nothing to be logged, see <see cref="InferAnswer.FillEmpty"/>.</summary>
    public bool IsEmpty => hasRows && Rows == 0;

    /// <summary>Tensors in the signature's order (<see cref="TensorBlock"/>): what is scored and what is logged.</summary>
    public ReadOnlySpan<byte> InputBlock => block.Written;

    /// <summary>Bytes beyond those that are kept from request to request.</summary>
    public int LargeBytes => block.LargeBytes + spare.LargeBytes;

    /// <summary>The parameter <c>timeout</c>: microseconds within which the client wants its answer; 0 when it set none.</summary>
    public long TimeoutMicroseconds => Parameters.TimeoutMicroseconds;

    /// <summary>The parameter <c>priority</c>: 1 is the highest; 0, the default, is the model's own.</summary>
    public ulong Priority => Parameters.Priority;

    internal GrowableBuffer IdBuffer => id;

    internal GrowableBuffer Block => block;

    /// <summary>Where the tensors read so far are.</summary>
    internal InputPlaces Places { get; } = new();

    /// <summary>Which outputs the client asked for and how; all when it named none.</summary>
    internal OutputChoice Outputs { get; } = new();

    /// <summary>The request's own parameters.</summary>
    internal RequestParameters Parameters { get; } = new();

    /// <summary>Dimensions of the tensor that is being read.</summary>
    internal TensorShape Shape { get; } = new();

    /// <summary>Forgets the request; buffers are kept unless they grew past 1 MiB.</summary>
    public void Clear()
    {
        id.Clear();
        spare.Clear();
        Outputs.Clear();
        Parameters.Clear();
        ClearTensors();
    }

    /// <summary>Takes tensors that are laid out already, for rows that come from a file and not from a client.</summary>
    /// <param name="rows">Rows to be scored.</param>
    /// <param name="inputs">A block in the signature's order (<see cref="TensorBlock"/>).</param>
    public void Fill(int rows, ReadOnlySpan<byte> inputs)
    {
        Clear();
        block.Append(inputs);
        SetRows(rows);
    }

    /// <summary>After a request turned out to be wrong: none of its tensors stays.</summary>
    internal void ClearTensors()
    {
        block.Clear();
        Rows = 0;
        hasRows = false;
    }

    /// <summary>Takes the rows of one batched input, which are those of all.</summary>
    internal void TakeRows(TensorCodec tensor, long rows)
    {
        if (rows > PredictionId.MaxRows)
            throw new FairleadException(ProblemKind.TooLarge, $"{Refusal.Input(tensor)} has '{rows}' rows, and a request holds at most {PredictionId.MaxRows}; split it.");
        if (hasRows && Rows != rows)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {rows} rows where an input before it has {Rows}; expected the same number in all.");
        SetRows((int)rows);
    }

    /// <summary>After the last input: all are there, and in the signature's order.</summary>
    internal void Complete(SignatureCodec codec, string model)
    {
        for (var i = 0; i < codec.Inputs.Length; i++)
        {
            if (!Places.Has(i))
                throw Refusal.MissingInput(codec, model, i);
        }

        Reorder();
        if (!hasRows)
            SetRows(1);
    }

    private void SetRows(int rows)
    {
        Rows = rows;
        hasRows = true;
    }

    // Brings tensors that arrived in another order into the signature's.
    private void Reorder()
    {
        if (Places.AreInOrder)
            return;
        spare.Clear();
        for (var i = 0; i < Places.Count; i++)
            spare.Append(block.Written.Slice(Places.Start(i), Places.Length(i)));
        (block, spare) = (spare, block);
    }
}
