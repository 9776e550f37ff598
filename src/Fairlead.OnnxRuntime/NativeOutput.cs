namespace Fairlead.OnnxRuntime;

/// <summary>One output as the engine has it, and the tensors that it is read as.</summary>
/// <param name="Tensors">One, or for maps two: the values, then the keys.</param>
internal sealed record NativeOutput(string Name, NativeOutputKind Kind, IReadOnlyList<OnnxTensorInfo> Tensors);
