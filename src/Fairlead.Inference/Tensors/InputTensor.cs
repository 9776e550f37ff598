using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Tensors;

/// <summary>What every transport does to lay an input into the request's block. The request's shape is that of the input.</summary>
internal static class InputTensor
{
    /// <summary>Leaves room for the tensor's header; its elements follow. Returns where it starts.</summary>
    public static int Begin(InferRequest request, TensorCodec tensor)
    {
        var start = request.Block.Length;
        var header = TensorBlock.HeaderSize(tensor.Rank);
        request.Block.Reserve(header);
        request.Block.Advance(header);
        return start;
    }

    /// <summary>Refuses a shape that is not the signature's.</summary>
    public static void CheckShape(InferRequest request, TensorCodec tensor)
    {
        var shape = request.Shape;
        if (tensor.Rank == 0)
            shape.TakeScalar();
        var expected = tensor.Spec.Shape;
        var fits = shape.Dimensions.Length == expected.Count;
        for (var axis = 0; fits && axis < expected.Count; axis++)
            fits = expected[axis] < 0 || expected[axis] == shape.Dimensions[axis];
        if (!fits)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has shape {shape}; expected {Refusal.Shape([.. expected])}{(expected.Any(size => size < 0) ? ", where -1 is any number" : "")}.");
        if (shape.Count < 0)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has shape {shape}, which causes total element count to exceed maximum size of {long.MaxValue}.");
    }

    /// <summary>Refuses a datatype that is not the signature's.</summary>
    public static void CheckDatatype(TensorCodec tensor, ReadOnlySpan<byte> datatype)
    {
        if (datatype.IsEmpty)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has no 'datatype'; expected '{tensor.Spec.Type.WireName()}'.");
        if (!datatype.SequenceEqual(tensor.TypeName))
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has datatype '{Refusal.Cut(datatype)}'; expected '{tensor.Spec.Type.WireName()}'.");
    }

    /// <param name="member">Where the elements were, such as <c>data</c>.</param>
    public static void CheckCount(InferRequest request, TensorCodec tensor, long elements, string member)
    {
        if (request.Shape.Count != elements)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {elements} elements in '{member}', and its shape {request.Shape} holds {request.Shape.Count}.");
    }

    /// <summary>Refuses tensors that would take more than the request's block may hold.</summary>
    /// <param name="more">Bytes that are about to be added.</param>
    public static void CheckRoom(InferRequest request, TensorCodec tensor, long more)
    {
        if (request.Block.Length + more > InferRequest.MaxBytes)
            throw Refusal.TooLarge($"{Refusal.Input(tensor)} lets the request's tensors grow to '{request.Block.Length + more}' bytes, and at most {InferRequest.MaxBytes} are scored; split it.");
    }

    /// <summary>Takes the elements in their raw form, checked against the shape.</summary>
    public static void TakeRaw(InferRequest request, int index, TensorCodec tensor, ReadOnlySpan<byte> raw)
    {
        RawElements.Check(tensor, request.Shape, raw);
        var start = Begin(request, tensor);
        request.Block.Append(raw);
        End(request, index, tensor, start);
    }

    /// <summary>After the tensor's last element. Refuses rows that are not those of the inputs before.</summary>
    public static void End(InferRequest request, int index, TensorCodec tensor, int start)
    {
        if (tensor.IsBatched)
            request.TakeRows(tensor, request.Shape.Dimensions[0]);
        CheckRoom(request, tensor, 0);
        var length = request.Block.Length - start;
        TensorBlock.WriteHeader(request.Block.At(start), tensor.Spec.Type, request.Shape.Dimensions, length - TensorBlock.HeaderSize(tensor.Rank));
        request.Places.Set(index, start, length);
    }
}
