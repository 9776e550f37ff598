using System.Numerics;
using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Which blobs of a bundle travel by themselves, and which in packs: very many small ones would be as many requests.</summary>
/// <param name="Whole">Manifests of trees first.</param>
/// <param name="Packs">With the files of each, sorted by digest; none is empty.</param>
internal sealed record BundlePlan(IReadOnlyList<BundleFile> Whole, IReadOnlyList<(PackPart Part, IReadOnlyList<BundleFile> Files)> Packs)
{
    public const int SmallFile = 256 << 10;
    private const int FewFiles = 64;
    private const int PackBytes = 16 << 20;

    public static async Task<BundlePlan> MakeAsync(IArtifactStore store, ArtifactBundle bundle, CancellationToken cancellationToken)
    {
        var files = new Dictionary<Digest, BundleFile>();
        foreach (var root in bundle.Roots)
        {
            if (root.Kind == ArtifactKind.Blob)
            {
                files.TryAdd(root.Digest, new BundleFile(root.Digest, root.Size, IsManifest: false));
                continue;
            }

            foreach (var entry in await store.ReadTreeAsync(root.Digest, cancellationToken).ConfigureAwait(false))
                files.TryAdd(entry.Digest, new BundleFile(entry.Digest, entry.Size, IsManifest: false));
            files[root.Digest] = new BundleFile(root.Digest, new FileInfo(store.PathOf(root.Digest)).Length, IsManifest: true);
        }

        return Split(files.Values);
    }

    /// <summary>The same for the same files, so that what a registry has is found again.</summary>
    private static BundlePlan Split(IReadOnlyCollection<BundleFile> files)
    {
        var small = files.Where(file => !file.IsManifest && file.Size <= SmallFile).ToList();
        if (small.Count <= FewFiles)
            return new BundlePlan([.. Sorted(files)], []);
        var wanted = Math.Max(1, small.Sum(file => file.Size) / PackBytes);
        var bits = Math.Min(BitOperations.Log2((ulong)wanted) + (BitOperations.IsPow2(wanted) ? 0 : 1), PackPart.MostBits);
        var packs = small.GroupBy(file => new PackPart(bits == 0 ? 0 : (int)(BlobName.Of(file.Digest).A >> (64 - bits)), bits))
            .OrderBy(pack => pack.Key.Index)
            .Select(pack => (pack.Key, (IReadOnlyList<BundleFile>)[.. pack.OrderBy(file => file.Digest)]));
        return new BundlePlan([.. Sorted(files.Where(file => file.IsManifest || file.Size > SmallFile))], [.. packs]);
    }

    private static IEnumerable<BundleFile> Sorted(IEnumerable<BundleFile> files) => files.OrderByDescending(file => file.IsManifest).ThenBy(file => file.Digest);
}
