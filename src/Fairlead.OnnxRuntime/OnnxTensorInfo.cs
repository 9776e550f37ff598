namespace Fairlead.OnnxRuntime;

/// <summary>One input or output of a model, as the model declares it.</summary>
/// <param name="Shape">Dimensions; -1 is variable. Empty for a scalar, and for a tensor whose rank the model does not declare.</param>
/// <param name="Symbols">The model's name of each dimension, empty where it has none; as long as <paramref name="Shape"/>.</param>
public sealed record OnnxTensorInfo(string Name, OnnxElementType Type, IReadOnlyList<long> Shape, IReadOnlyList<string> Symbols);
