namespace Fairlead.Conformance.Models;

/// <summary>Element types as ONNX numbers them.</summary>
internal enum ElementType
{
    Fp32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Bytes = 8,
    Bool = 9,
    Fp16 = 10,
    Fp64 = 11,
    UInt32 = 12,
    UInt64 = 13,
    Bf16 = 16,
}
