using System.Buffers.Binary;
using Fairlead.Domain.Models;

namespace Fairlead.Inference.Tensors;

/// <summary>Maps elements to numbers that compare as the elements do.</summary>
internal static class ElementOrder
{
    private const ulong Sign = 1UL << 63;

    /// <param name="element">Begins with the element's raw form.</param>
    public static ulong Of(TensorType type, ReadOnlySpan<byte> element) => type switch
    {
        TensorType.Float64 => OfFloat(BinaryPrimitives.ReadDoubleLittleEndian(element)),
        TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16 => OfFloat(Element.ReadSingle(type, element)),
        TensorType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
        _ => (ulong)Element.ReadWhole(type, element) ^ Sign,
    };

    private static ulong OfFloat(double value)
    {
        if (double.IsNaN(value))
            return 0;
        // The sum makes one zero of two.
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }
}
