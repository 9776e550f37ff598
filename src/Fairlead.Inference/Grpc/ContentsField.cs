using Fairlead.Domain.Models;

namespace Fairlead.Inference.Grpc;

/// <summary>The fields of <c>InferTensorContents</c>: 1 bool, 2 int32, 3 int64, 4 uint32, 5 uint64, 6 float, 7 double, 8 bytes.</summary>
internal static class ContentsField
{
    /// <summary>The field of the signed numbers of at most 32 bits.</summary>
    public const int Int = 2;
    private const int Float = 6;
    private const int Double = 7;
    private const int Strings = 8;

    /// <summary>The field that carries elements of that type; 0 when none does.</summary>
    public static int Of(TensorType type) => type switch
    {
        TensorType.Bool => 1,
        TensorType.Int8 or TensorType.Int16 or TensorType.Int32 => Int,
        TensorType.Int64 => 3,
        TensorType.UInt8 or TensorType.UInt16 or TensorType.UInt32 => 4,
        TensorType.UInt64 => 5,
        TensorType.Float32 => Float,
        TensorType.Float64 => Double,
        TensorType.Bytes => Strings,
        _ => 0,
    };

    /// <summary>The datatype that a field is made for, or null when there is no such field.</summary>
    public static string? TypeName(int field) => field switch
    {
        1 => "BOOL",
        Int => "INT32",
        3 => "INT64",
        4 => "UINT32",
        5 => "UINT64",
        Float => "FP32",
        Double => "FP64",
        Strings => "BYTES",
        _ => null,
    };

    /// <summary>True when elements of that field may come so: packed, or each by itself.</summary>
    public static bool Carries(int field, ProtoWire wire) => wire == ProtoWire.Bytes || wire == field switch
    {
        Float => ProtoWire.Fixed32,
        Double => ProtoWire.Fixed64,
        Strings => ProtoWire.Bytes,
        _ => ProtoWire.Varint,
    };
}
