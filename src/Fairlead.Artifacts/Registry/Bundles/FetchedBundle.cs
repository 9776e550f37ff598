using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>A bundle that is in the store now.</summary>
/// <param name="Name">As it was pushed.</param>
/// <param name="Record">JSON of the record.</param>
public sealed record FetchedBundle(string Name, ReadOnlyMemory<byte> Record, IReadOnlyList<ArtifactRef> Roots, TransferProgress Progress);
