namespace Fairlead.Client;

/// <param name="Shape">-1 is variable.</param>
internal sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<long> Shape);
