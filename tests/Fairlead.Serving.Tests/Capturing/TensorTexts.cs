using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Tests.Capturing;

/// <summary>The tensors of a block as texts, elements with commas between; null for one that is absent.</summary>
internal static class TensorTexts
{
    public static List<string?> Of(byte[] block)
    {
        var texts = new List<string?>();
        ReadOnlySpan<byte> rest = block;
        while (TensorBlock.TryRead(ref rest, out var tensor))
            texts.Add(tensor.Type == 0 ? null : TextOf(tensor));
        return texts;
    }

    private static string TextOf(in TensorView tensor)
    {
        var elements = new List<string>();
        var data = tensor.Data;
        while (!data.IsEmpty)
        {
            var size = tensor.Type == TensorType.Bytes ? sizeof(uint) + BinaryPrimitives.ReadInt32LittleEndian(data) : tensor.Type.ElementSize();
            elements.Add(tensor.Type switch
            {
                TensorType.Bytes => Encoding.UTF8.GetString(data[sizeof(uint)..size]),
                TensorType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(data).ToString(CultureInfo.InvariantCulture),
                TensorType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(data).ToString(CultureInfo.InvariantCulture),
                _ => throw new ArgumentOutOfRangeException(nameof(tensor)),
            });
            data = data[size..];
        }

        Assert.Equal(tensor.Count, elements.Count);
        return string.Join(',', elements);
    }
}
