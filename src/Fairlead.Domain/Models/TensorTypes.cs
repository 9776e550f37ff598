using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Domain.Models;

/// <summary>Names and sizes of the element types.</summary>
public static class TensorTypes
{
    /// <summary>The name on the wire, such as <c>FP32</c>.</summary>
    public static string WireName(this TensorType type) => type switch
    {
        TensorType.Bool => "BOOL",
        TensorType.UInt8 => "UINT8",
        TensorType.UInt16 => "UINT16",
        TensorType.UInt32 => "UINT32",
        TensorType.UInt64 => "UINT64",
        TensorType.Int8 => "INT8",
        TensorType.Int16 => "INT16",
        TensorType.Int32 => "INT32",
        TensorType.Int64 => "INT64",
        TensorType.Float16 => "FP16",
        TensorType.BFloat16 => "BF16",
        TensorType.Float32 => "FP32",
        TensorType.Float64 => "FP64",
        TensorType.Bytes => "BYTES",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };

    /// <summary>Bytes of one element; 0 for <see cref="TensorType.Bytes"/>, whose elements vary.</summary>
    public static int ElementSize(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.UInt16 or TensorType.Int16 or TensorType.Float16 or TensorType.BFloat16 => 2,
        TensorType.UInt32 or TensorType.Int32 or TensorType.Float32 => 4,
        TensorType.UInt64 or TensorType.Int64 or TensorType.Float64 => 8,
        TensorType.Bytes => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };

    public static bool TryParse([NotNullWhen(true)] string? wireName, out TensorType type)
    {
        foreach (var candidate in Enum.GetValues<TensorType>())
        {
            if (candidate.WireName() == wireName)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
