using Fairlead.Artifacts.Names;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Brings bundles to a registry: what it has is not sent, and the manifest goes last, so that a tag stands for something whole.</summary>
internal sealed class BundlePusher(LocalArtifactStore store, RegistryClient registry, TimeProvider time)
{
    /// <exception cref="FairleadException">NotFound: the store lacks a blob; what the registry refuses.</exception>
    public async Task<TransferProgress> PushAsync(ArtifactBundle bundle, Action<TransferProgress>? tell, CancellationToken cancellationToken)
    {
        var counter = new TransferCounter(bundle.Name, tell, time);
        var plan = await BundlePlan.MakeAsync(store, bundle, cancellationToken).ConfigureAwait(false);
        var record = await PutAsync(bundle.Record, cancellationToken).ConfigureAwait(false);
        var sources = plan.Whole.Select(file => (Layer: BundleManifest.LayerOf(file), Source: (UploadSource?)new UploadSource(store.PathOf(file.Digest), file.Digest, file.Size), Pack: -1))
            .Prepend((new BundleLayer(BundleManifest.RecordMediaType, record.Digest, record.Size), record, -1))
            .Concat(plan.Packs.Select((pack, i) => ((BundleLayer)null!, (UploadSource?)null, i))).ToList();
        counter.Expect(sources.Count, record.Size + plan.Whole.Sum(file => file.Size) + plan.Packs.Sum(pack => pack.Files.Sum(file => file.Size)));
        var layers = new BundleLayer[sources.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = registry.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, sources.Count), parallel, async (i, token) =>
        {
            var (layer, source, pack) = sources[i];
            layers[i] = source is null ? await PushPackAsync(plan.Packs[pack], counter, token).ConfigureAwait(false) : layer;
            if (source is not null)
                await UploadAsync(source, counter, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var config = OciManifest.Config(layers.Select(layer => (layer.Digest, layer.Size)));
        counter.Expect(1, config.Length);
        await UploadAsync(await PutAsync(config, cancellationToken).ConfigureAwait(false), counter, cancellationToken).ConfigureAwait(false);
        var manifest = new BundleManifest(bundle.Name, bundle.Roots, layers).Encode(config);
        await registry.PutManifestAsync(BundleTag.Of(bundle.Name), manifest, OciManifest.MediaType, cancellationToken).ConfigureAwait(false);
        return counter.End();
    }

    private async Task<UploadSource> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var stored = await store.PutBytesAsync(content, cancellationToken).ConfigureAwait(false);
        return new UploadSource(store.PathOf(stored.Digest), stored.Digest, stored.Size);
    }

    private async Task<BundleLayer> PushPackAsync((PackPart Part, IReadOnlyList<BundleFile> Files) pack, TransferCounter counter, CancellationToken cancellationToken)
    {
        var path = store.NewTempPath();
        try
        {
            var source = PackFile.Write(pack.Files, store.Blobs.PathOf, path, cancellationToken);
            // What a tar archive adds was not expected.
            counter.Expect(0, source.Size - pack.Files.Sum(file => file.Size));
            await UploadAsync(source, counter, cancellationToken).ConfigureAwait(false);
            return new BundleLayer(PackFile.MediaType, source.Digest, source.Size, pack.Part);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task UploadAsync(UploadSource source, TransferCounter counter, CancellationToken cancellationToken)
    {
        if (await registry.FindBlobAsync(source.Digest, cancellationToken).ConfigureAwait(false) is not null)
            counter.Skip(source.Size);
        else
            await registry.UploadAsync(source, counter.Move, cancellationToken).ConfigureAwait(false);
        counter.Finish();
    }
}
