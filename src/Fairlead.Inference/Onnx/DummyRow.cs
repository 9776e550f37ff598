using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Onnx;

/// <summary>Makes a block of one row of zeros and empty strings.</summary>
internal static class DummyRow
{
    private const long LargestElements = 1 << 24;

    /// <summary>False when the signature's fixed dimensions are too large for a trial.</summary>
    public static bool TryWrite(Signature signature, GrowableBuffer block)
    {
        Span<long> shape = stackalloc long[TensorBlock.MaxRank];
        foreach (var input in signature.Inputs)
        {
            var elements = 1L;
            for (var axis = 0; axis < input.Shape.Count; axis++)
            {
                shape[axis] = input.Shape[axis] < 0 ? 1 : input.Shape[axis];
                if (shape[axis] > LargestElements || (elements *= shape[axis]) > LargestElements)
                    return false;
            }

            // An empty string is a length of zero: 4 zero bytes.
            var size = (int)elements * (input.Type == TensorType.Bytes ? sizeof(uint) : input.Type.ElementSize());
            var header = TensorBlock.HeaderSize(input.Shape.Count);
            var bytes = block.Reserve(header + size);
            TensorBlock.WriteHeader(bytes, input.Type, shape[..input.Shape.Count], size);
            bytes.Slice(header, size).Clear();
            block.Advance(header + size);
        }

        return true;
    }
}
