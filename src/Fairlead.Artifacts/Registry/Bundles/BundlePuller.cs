using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Brings bundles from a registry into the store: what the store has is not fetched, and every digest is checked.</summary>
internal sealed class BundlePuller(LocalArtifactStore store, RegistryClient registry, TimeProvider time)
{
    private const long LongestRecord = 64 << 20;

    /// <returns>Null when the registry has nothing of that name.</returns>
    /// <param name="accept">Looks at the record before anything else is fetched; false ends it there, as if there were nothing.</param>
    /// <exception cref="FairleadException">Damaged: something else than was pushed; Invalid: not pushed by Fairlead; Unavailable.</exception>
    public async Task<FetchedBundle?> PullAsync(string name, Func<ReadOnlyMemory<byte>, bool>? accept, Action<TransferProgress>? tell, CancellationToken cancellationToken)
    {
        var tag = BundleTag.Of(name);
        if (await registry.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false) is not { } bytes)
            return null;
        var manifest = BundleManifest.Decode(bytes, $"{registry.Options.Address}:{tag}");
        if (manifest.Name is not null && manifest.Name != name)
            throw FairleadException.Conflict($"'{registry.Options.Address}:{tag}' stands for '{manifest.Name}', not for '{name}'; push '{name}' again.");
        if (manifest.Layers[0].Size > LongestRecord)
            throw FairleadException.Invalid($"The record of '{name}' has {manifest.Layers[0].Size} bytes, and {LongestRecord} are read at most; push it again.");
        var counter = new TransferCounter(name, tell, time);
        await FetchAsync([manifest.Layers[0]], counter, cancellationToken).ConfigureAwait(false);
        var record = await store.ReadAsync(manifest.Layers[0].Digest, cancellationToken).ConfigureAwait(false);
        if (accept is not null && !accept(record))
            return null;
        // Manifests of trees first: they say which of the packs are needed.
        await FetchAsync([.. manifest.Layers.Where(layer => layer.MediaType == TreeManifest.MediaType)], counter, cancellationToken).ConfigureAwait(false);
        await FetchAsync([.. manifest.Layers.Skip(1).Where(layer => layer.MediaType != TreeManifest.MediaType && layer.Pack is null)], counter, cancellationToken).ConfigureAwait(false);
        await FetchPacksAsync(manifest, counter, cancellationToken).ConfigureAwait(false);
        if (manifest.Roots.FirstOrDefault(root => !store.Contains(root)) is { } lacking)
            throw FairleadException.Damaged($"'{registry.Options.Address}:{tag}' lacks a part of '{lacking.Digest}'; push '{name}' again from where it is whole.");
        return new FetchedBundle(name, record, manifest.Roots, counter.End());
    }

    /// <summary>Fetches one blob.</summary>
    /// <returns>False when the registry lacks it.</returns>
    public async Task<bool> TryFetchAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (await registry.FindBlobAsync(digest, cancellationToken).ConfigureAwait(false) is not { } size || size < 0)
            return false;
        await FetchAsync([new BundleLayer("", digest, size)], new TransferCounter("", null, time), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task FetchAsync(IReadOnlyList<BundleLayer> layers, TransferCounter counter, CancellationToken cancellationToken)
    {
        var distinct = layers.DistinctBy(layer => layer.Digest).ToList();
        counter.Expect(distinct.Count, distinct.Sum(layer => layer.Size));
        await Parallel.ForEachAsync(distinct, Options(cancellationToken), async (layer, token) =>
        {
            if (store.Blobs.Has(layer.Digest, layer.Size) && store.Blobs.IsIntact(layer.Digest, token))
            {
                counter.Skip(layer.Size);
            }
            else
            {
                using var part = PartialFile.Open(store, layer.Digest);
                await DownloadAsync(layer, part.Path, counter, token).ConfigureAwait(false);
                using var staged = new StagedBlob(part.Path, layer.Digest, layer.Size);
                store.Blobs.Publish([staged], token);
            }

            counter.Finish();
        }).ConfigureAwait(false);
        store.SaveStats();
    }

    private async Task FetchPacksAsync(BundleManifest manifest, TransferCounter counter, CancellationToken cancellationToken)
    {
        var lacking = new HashSet<BlobName>();
        foreach (var tree in manifest.Roots.Where(root => root.Kind == ArtifactKind.Tree))
        {
            foreach (var file in await store.ReadTreeAsync(tree.Digest, cancellationToken).ConfigureAwait(false))
            {
                if (!store.Blobs.Has(file.Digest, file.Size))
                    lacking.Add(BlobName.Of(file.Digest));
            }
        }

        lacking.UnionWith(manifest.Roots.Where(root => root.Kind == ArtifactKind.Blob && !store.Blobs.Has(root.Digest, root.Size)).Select(root => BlobName.Of(root.Digest)));
        var packs = manifest.Layers.Where(layer => layer.Pack is { } part && lacking.Any(part.Holds)).ToList();
        counter.Expect(packs.Count, packs.Sum(pack => pack.Size));
        await Parallel.ForEachAsync(packs, Options(cancellationToken), async (pack, token) =>
        {
            using var part = PartialFile.Open(store, pack.Digest);
            await DownloadAsync(pack, part.Path, counter, token).ConfigureAwait(false);
            store.Publish(PackFile.Read(part.Path, lacking, store.Ingest, token), token);
            File.Delete(part.Path);
            counter.Finish();
        }).ConfigureAwait(false);
        store.SaveStats();
    }

    private Task DownloadAsync(BundleLayer layer, string path, TransferCounter counter, CancellationToken cancellationToken) =>
        Files.DiskFull.WatchAsync(path, layer.Size, () => registry.DownloadAsync(layer.Digest, layer.Size, path, counter.Move, cancellationToken));

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = registry.Options.Parallelism, CancellationToken = cancellationToken };
}
