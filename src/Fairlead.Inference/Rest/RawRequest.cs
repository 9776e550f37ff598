using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>
/// A raw binary request: the body is the bytes of the model's only input, and nothing says their shape. It is one row, and the size gives
/// one variable dimension besides; an input whose only dimension is the variable one takes its rows from the size.
/// </summary>
internal static class RawRequest
{
    public static void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request)
    {
        if (codec.Inputs.Length != 1)
            throw Refusal.Invalid($"Raw request must only have 1 input to be deduced but got {codec.Inputs.Length} inputs in model '{model}'; send JSON that names them ({Refusal.Names(codec)}) and its length in the header '{InferenceHeader.Name}'.");
        request.Outputs.AreBinary = true;
        var tensor = codec.Inputs[0];
        if (tensor.Spec.Type == TensorType.Bytes)
            ReadString(body, tensor, request);
        else
            ReadNumbers(body, tensor, request);
        request.Complete(codec, model);
    }

    // One element, and no length before it, since the body's is known.
    private static void ReadString(ReadOnlySpan<byte> body, TensorCodec tensor, InferRequest request)
    {
        Deduce(tensor, request.Shape, 1);
        if (request.Shape.Count != 1)
            throw Refusal.Invalid($"For BYTE datatype raw input '{tensor.Spec.Name}', the model must have input shape [1], and it has {Refusal.Shape([.. tensor.Spec.Shape])}; send JSON with the shape.");
        InputTensor.CheckShape(request, tensor);
        var start = InputTensor.Begin(request, tensor);
        var element = request.Block.Reserve(sizeof(uint) + body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(element, (uint)body.Length);
        body.CopyTo(element[sizeof(uint)..]);
        request.Block.Advance(sizeof(uint) + body.Length);
        InputTensor.End(request, 0, tensor, start);
    }

    private static void ReadNumbers(ReadOnlySpan<byte> body, TensorCodec tensor, InferRequest request)
    {
        var variable = tensor.Spec.Shape.Count(size => size < 0) - (TakesOneRow(tensor) ? 1 : 0);
        if (variable > 1)
            throw Refusal.Invalid($"The shape of the raw input '{tensor.Spec.Name}' can not be deduced because there are more than one variable-sized dimension in {Refusal.Shape([.. tensor.Spec.Shape])}; send JSON with the shape.");
        Deduce(tensor, request.Shape, 1);
        var unit = (Int128)request.Shape.Count * tensor.Spec.Type.ElementSize();
        if (variable == 1 && unit > 0)
            Deduce(tensor, request.Shape, (long)(body.Length / unit));
        if (request.Shape.Count < 0 || (Int128)request.Shape.Count * tensor.Spec.Type.ElementSize() != body.Length)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {body.Length} bytes in a raw binary request, which is one row; expected {(variable == 1 ? $"a multiple of {unit}" : unit)} for the shape {Refusal.Shape([.. tensor.Spec.Shape])} of {tensor.Spec.Type.WireName()}.");
        InputTensor.CheckShape(request, tensor);
        InputTensor.TakeRaw(request, 0, tensor, body);
    }

    private static bool TakesOneRow(TensorCodec tensor) => tensor.IsBatched && tensor.Rank > 1;

    /// <param name="size">Of the variable dimension that is not the row.</param>
    private static void Deduce(TensorCodec tensor, TensorShape shape, long size)
    {
        shape.Clear();
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            var known = tensor.Spec.Shape[axis];
            shape.Add(known >= 0 ? known : axis == 0 && TakesOneRow(tensor) ? 1 : size, tensor);
        }
    }
}
