namespace Trainer.Onnx;

/// <summary>Values of <c>TensorProto.DataType</c>.</summary>
internal enum ElementType
{
    Float = 1,
    Int64 = 7,
    String = 8,
}
