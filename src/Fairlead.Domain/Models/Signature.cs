namespace Fairlead.Domain.Models;

/// <summary>What a model takes and gives, in the model's own order.</summary>
public sealed record Signature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs);
