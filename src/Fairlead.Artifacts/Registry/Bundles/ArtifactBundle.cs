using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>What travels as one: a record and the artifacts that it names.</summary>
/// <param name="Name">As the local index has it, such as <c>dataset/rides@3</c>.</param>
/// <param name="Record">JSON of the record.</param>
/// <param name="Roots">The artifacts.</param>
public sealed record ArtifactBundle(string Name, ReadOnlyMemory<byte> Record, IReadOnlyList<ArtifactRef> Roots);
