using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>A blob of a bundle.</summary>
/// <param name="IsManifest">The manifest of a tree.</param>
internal sealed record BundleFile(Digest Digest, long Size, bool IsManifest);
