using Fairlead.Domain.Models;
using Fairlead.OnnxRuntime;

namespace Fairlead.Inference.Onnx;

/// <summary>Translates the engine's words for tensors into the domain's.</summary>
internal static class OnnxSignature
{
    public static Signature Of(OnnxSession session) =>
        new([.. session.Inputs.Select(Translate)], [.. session.Outputs.Select(Translate)]);

    private static TensorSpec Translate(OnnxTensorInfo info) => new(info.Name, Translate(info.Type), info.Shape);

    private static TensorType Translate(OnnxElementType type) => type switch
    {
        OnnxElementType.Bool => TensorType.Bool,
        OnnxElementType.UInt8 => TensorType.UInt8,
        OnnxElementType.UInt16 => TensorType.UInt16,
        OnnxElementType.UInt32 => TensorType.UInt32,
        OnnxElementType.UInt64 => TensorType.UInt64,
        OnnxElementType.Int8 => TensorType.Int8,
        OnnxElementType.Int16 => TensorType.Int16,
        OnnxElementType.Int32 => TensorType.Int32,
        OnnxElementType.Int64 => TensorType.Int64,
        OnnxElementType.Float16 => TensorType.Float16,
        OnnxElementType.BFloat16 => TensorType.BFloat16,
        OnnxElementType.Float => TensorType.Float32,
        OnnxElementType.Double => TensorType.Float64,
        OnnxElementType.String => TensorType.Bytes,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };
}
