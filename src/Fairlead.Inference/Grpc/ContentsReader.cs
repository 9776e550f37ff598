using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>Reads the typed elements of an input, packed or one by one, and appends their raw form to the request's block.</summary>
internal struct ContentsReader(TensorCodec tensor, string model, InferRequest request)
{
    private readonly int field = ContentsField.Of(tensor.Spec.Type);
    private readonly int size = tensor.Spec.Type.ElementSize();

    /// <summary>Elements read so far.</summary>
    public long Elements { get; private set; }

    /// <param name="contents">An <c>InferTensorContents</c> message.</param>
    public void Read(ProtoReader contents)
    {
        if (field == 0)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} is {tensor.Spec.Type.WireName()}, for which 'contents' has no field; send it in raw_input_contents.");
        while (contents.Next())
        {
            if (contents.Field != field || !ContentsField.Carries(contents.Field, contents.Wire))
                PassOver(ref contents);
            else if (tensor.Spec.Type == TensorType.Bytes)
                AppendString(contents.Bytes());
            else if (contents.Wire == ProtoWire.Bytes)
                AppendPacked(contents.Message());
            else if (contents.Wire == ProtoWire.Varint)
                AppendOne(contents.Varint());
            else
                AppendFixed(contents.Fixed(size));
        }
    }

    // Another type's field, which must be empty, or one that this protocol does not know.
    private readonly void PassOver(ref ProtoReader contents)
    {
        var other = ContentsField.TypeName(contents.Field);
        if (other is null || !ContentsField.Carries(contents.Field, contents.Wire))
        {
            contents.Skip();
            return;
        }

        var start = contents;
        contents.Skip();
        if (start.Wire != ProtoWire.Bytes || other == "BYTES" || !start.Bytes().IsEmpty)
            throw Refusal.Invalid($"unexpected explicit tensor data for input tensor '{tensor.Spec.Name}' for model '{model}' of type '{other}', expected datatype '{tensor.Spec.Type.WireName()}'");
    }

    private void AppendString(ReadOnlySpan<byte> text)
    {
        Count(1);
        var target = request.Block.Reserve(sizeof(uint) + text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)text.Length);
        text.CopyTo(target[sizeof(uint)..]);
        request.Block.Advance(sizeof(uint) + text.Length);
    }

    private void AppendPacked(ProtoReader packed)
    {
        if (tensor.Spec.Type is TensorType.Float32 or TensorType.Float64)
        {
            AppendFixed(packed.Rest());
            return;
        }

        // Counted first, so that no more room is taken than the shape says.
        Count(packed.CountVarints());
        while (!packed.AtEnd)
            Append(packed.Varint());
    }

    private void AppendOne(ulong value)
    {
        Count(1);
        Append(value);
    }

    // Fixed-width elements are on the wire as in the raw form.
    private void AppendFixed(ReadOnlySpan<byte> elements)
    {
        if (elements.Length % size != 0)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has {elements.Length} bytes of packed elements in 'contents'; expected a multiple of {size} ({tensor.Spec.Type.WireName()}).");
        Count(elements.Length / size);
        request.Block.Append(elements);
    }

    private readonly void Append(ulong value)
    {
        if (tensor.Spec.Type == TensorType.Bool)
            value = value != 0 ? 1UL : 0;
        else if (size < sizeof(ulong))
            value = Narrow(value);
        // The low bytes of the 64-bit form are those of the narrow one.
        BinaryPrimitives.WriteUInt64LittleEndian(request.Block.Reserve(sizeof(ulong)), value);
        request.Block.Advance(size);
    }

    // The wire's type is int32 or uint32, of which protobuf reads the low half; what is narrower is checked.
    private readonly ulong Narrow(ulong value)
    {
        long lowest;
        long highest;
        long number;
        if (field == ContentsField.Int)
        {
            number = (int)value;
            highest = (1L << ((8 * size) - 1)) - 1;
            lowest = -highest - 1;
        }
        else
        {
            number = (uint)value;
            highest = (1L << (8 * size)) - 1;
            lowest = 0;
        }

        if (number < lowest || number > highest)
            throw Refusal.Invalid($"{Refusal.Input(tensor)} has '{number}' in 'contents'; expected a whole number from {lowest} to {highest} ({tensor.Spec.Type.WireName()}).");
        return (ulong)number;
    }

    private void Count(long more)
    {
        Elements += more;
        if (Elements > request.Shape.Count)
            InputTensor.CheckCount(request, tensor, Elements, "contents");
        InputTensor.CheckRoom(request, tensor, more * size);
    }
}
