using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Batching;

/// <summary>Lays the inputs of several requests end to end, row after row.</summary>
internal sealed class TensorJoin(Signature signature)
{
    private readonly GrowableBuffer[] parts = [.. signature.Inputs.Select(_ => new GrowableBuffer())];
    private readonly GrowableBuffer block = new();
    private readonly long[][] shapes = [.. signature.Inputs.Select(input => new long[input.Shape.Count])];

    public int Rows { get; private set; }

    public void Clear()
    {
        Rows = 0;
        block.Clear();
        foreach (var part in parts)
            part.Clear();
    }

    /// <param name="inputs">Of dimensions that agree with those added before but for the rows.</param>
    public void Add(int rows, ReadOnlySpan<byte> inputs)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TensorBlock.TryRead(ref inputs, out var tensor) || tensor.Rank != shapes[i].Length || tensor.Dimension(0) != rows)
                throw new ArgumentException($"The block has no {signature.Inputs[i].Type} of {rows} rows for the input '{signature.Inputs[i].Name}'.", nameof(inputs));
            for (var axis = 1; axis < tensor.Rank; axis++)
                shapes[i][axis] = tensor.Dimension(axis);
            parts[i].Append(tensor.Data);
        }

        Rows += rows;
    }

    public void WriteTo(InferRequest request)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            shapes[i][0] = Rows;
            block.Advance(TensorBlock.WriteHeader(block.Reserve(TensorBlock.HeaderSize(shapes[i].Length)), signature.Inputs[i].Type, shapes[i], parts[i].Length));
            block.Append(parts[i].Written);
        }

        request.Fill(Rows, block.Written);
    }
}
