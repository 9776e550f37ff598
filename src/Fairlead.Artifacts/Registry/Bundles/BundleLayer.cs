using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <param name="Pack">Which of the small files a pack holds; null for a layer that is one blob.</param>
internal sealed record BundleLayer(string MediaType, Digest Digest, long Size, PackPart? Pack = null);
