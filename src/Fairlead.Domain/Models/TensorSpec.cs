namespace Fairlead.Domain.Models;

/// <summary>Name, element type and shape of one input or output.</summary>
/// <param name="Shape">Dimensions; -1 is variable. The first dimension of a batched tensor is the row.</param>
public sealed record TensorSpec(string Name, TensorType Type, IReadOnlyList<long> Shape);
