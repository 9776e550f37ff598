using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;

namespace Fairlead.Serving.Shadows;

/// <summary>Lays the tensors of a live request out as its shadow wants them, which may have other inputs, or the same in another order.</summary>
internal static class ShadowInputs
{
    private const byte Absent = 0;

    /// <param name="inputs">A block in the order of the live signature.</param>
    /// <exception cref="FairleadException">Invalid: the shadow takes something that the request does not have.</exception>
    public static void Fill(InferRequest request, int rows, ReadOnlySpan<byte> inputs, Signature live, Signature shadow)
    {
        if (IsSame(live.Inputs, shadow.Inputs))
        {
            request.Fill(rows, inputs);
            return;
        }

        var block = new ArrayBufferWriter<byte>(Math.Max(1, inputs.Length));
        foreach (var input in shadow.Inputs)
        {
            if (!TensorComparison.TryFind(inputs, live.Inputs, input.Name, out var tensor))
                throw Misfit(input, "no such input");
            if (tensor.Type == Absent)
                block.Write([Absent]);
            else if (tensor.Type != input.Type)
                throw Misfit(input, tensor.Type.WireName());
            else
                Append(block, tensor, input);
        }

        request.Fill(rows, block.WrittenSpan);
    }

    private static bool IsSame(IReadOnlyList<TensorSpec> live, IReadOnlyList<TensorSpec> shadow) =>
        ReferenceEquals(live, shadow) || (live.Count == shadow.Count && live.Zip(shadow).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Type == pair.Second.Type && pair.First.Shape.SequenceEqual(pair.Second.Shape)));

    private static void Append(ArrayBufferWriter<byte> block, in TensorView tensor, TensorSpec input)
    {
        if (tensor.Rank != input.Shape.Count)
            throw Misfit(input, "another shape");
        Span<long> shape = stackalloc long[TensorBlock.MaxRank];
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            shape[axis] = tensor.Dimension(axis);
            if (input.Shape[axis] >= 0 && input.Shape[axis] != shape[axis])
                throw Misfit(input, "another shape");
        }

        block.Advance(TensorBlock.WriteHeader(block.GetSpan(TensorBlock.HeaderSize(tensor.Rank)), tensor.Type, shape[..tensor.Rank], tensor.Data.Length));
        block.Write(tensor.Data);
    }

    private static FairleadException Misfit(TensorSpec input, string found) =>
        FairleadException.Invalid($"The shadow takes the input '{input.Name}' as {input.Type.WireName()} [{string.Join(", ", input.Shape)}], and the request that it got a copy of has {found}; the clients must send what it takes before it can be compared.");
}
