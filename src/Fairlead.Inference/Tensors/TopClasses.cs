using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Tensors;

/// <summary>
/// The classification extension: in place of an output, the highest of its elements as BYTES <c>value:index</c>, per row when the output has
/// rows: [rows, classes], else [classes]. Equal elements are in the order of their index; NaN is the lowest.
/// </summary>
internal static class TopClasses
{
    private const int MostElements = 1_000_000;
    private const int LongestText = 48;

    public static bool Has(TensorType type) => type is not (TensorType.Bytes or TensorType.Bool);

    /// <summary>Lays out the classes of the outputs for which the request wants them, one tensor for each.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: an output has too many elements.</exception>
    public static void Prepare(InferRequest request, InferAnswer answer, SignatureCodec codec)
    {
        answer.Classes.Clear();
        if (!request.Outputs.HasClasses)
            return;
        var block = answer.OutputBlock;
        for (var i = 0; TensorBlock.TryRead(ref block, out var tensor); i++)
        {
            if (request.Outputs.Has(i) && request.Outputs.Classes(i) > 0)
                Append(answer.Classes, codec.Outputs[i], tensor, request.Outputs.Classes(i));
        }
    }

    private static void Append(GrowableBuffer target, TensorCodec codec, TensorView tensor, int classes)
    {
        var hasRows = codec.IsBatched && tensor.Rank > 0;
        var rows = hasRows ? tensor.Dimension(0) : 1;
        var width = (int)(rows == 0 ? 0 : tensor.Count / rows);
        if (width > MostElements)
            throw Refusal.Invalid($"Output '{codec.Spec.Name}' has {width} elements, and classes are given for at most {MostElements}; ask for it without 'classification'.");
        classes = Math.Min(classes, width);
        Span<long> shape = [rows, classes];
        var start = target.Length;
        var header = TensorBlock.HeaderSize(hasRows ? 2 : 1);
        target.Reserve(header);
        target.Advance(header);
        AppendRows(target, tensor, (int)rows, width, classes);
        TensorBlock.WriteHeader(target.At(start), TensorType.Bytes, hasRows ? shape : shape[1..], target.Length - start - header);
    }

    private static void AppendRows(GrowableBuffer target, TensorView tensor, int rows, int width, int classes)
    {
        var size = tensor.Type.ElementSize();
        var keys = ArrayPool<ulong>.Shared.Rent(width);
        var indices = ArrayPool<int>.Shared.Rent(width);
        for (var row = 0; row < rows; row++)
        {
            var data = tensor.Data.Slice(row * width * size, width * size);
            Rank(tensor.Type, data, keys.AsSpan(0, width), indices.AsSpan(0, width));
            foreach (var index in indices.AsSpan(0, classes))
                AppendText(target, tensor.Type, data[(index * size)..], index);
        }

        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(indices);
    }

    // Leaves the indices of the elements from the highest to the lowest.
    private static void Rank(TensorType type, ReadOnlySpan<byte> data, Span<ulong> keys, Span<int> indices)
    {
        var size = type.ElementSize();
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ~ElementOrder.Of(type, data[(i * size)..]);
            indices[i] = i;
        }

        keys.Sort(indices);
        // The sort leaves equal elements in any order.
        for (int from = 0, to; from < keys.Length; from = to)
        {
            for (to = from + 1; to < keys.Length && keys[to] == keys[from];)
                to++;
            indices[from..to].Sort();
        }
    }

    private static void AppendText(GrowableBuffer target, TensorType type, ReadOnlySpan<byte> element, int index)
    {
        var room = target.Reserve(sizeof(uint) + LongestText);
        var text = room[sizeof(uint)..];
        var length = FormatValue(type, element, text);
        text[length++] = (byte)':';
        index.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)length);
        target.Advance(sizeof(uint) + length);
    }

    private static int FormatValue(TensorType type, ReadOnlySpan<byte> element, Span<byte> text)
    {
        int written;
        if (type == TensorType.Float64)
            BinaryPrimitives.ReadDoubleLittleEndian(element).TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        else if (type == TensorType.UInt64)
            BinaryPrimitives.ReadUInt64LittleEndian(element).TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        else if (type is TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16)
            Element.ReadSingle(type, element).TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        else
            Element.ReadWhole(type, element).TryFormat(text, out written, default, CultureInfo.InvariantCulture);
        return written;
    }
}
