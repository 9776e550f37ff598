namespace Fairlead.Load.Inputs;

/// <summary>The rows of one request, as the service's inputs.</summary>
/// <param name="Unit">For whom the prediction is made, or null.</param>
internal sealed record InputBatch(IReadOnlyList<InputTensor> Tensors, string? Unit);
