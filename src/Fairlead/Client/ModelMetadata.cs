namespace Fairlead.Client;

/// <summary>A service's metadata in the Open Inference Protocol.</summary>
internal sealed record ModelMetadata(string Name, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs);
