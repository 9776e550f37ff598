using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Runs;

namespace Fairlead.Artifacts.Keeping;

/// <summary>Measures what takes how much of the store.</summary>
/// <param name="records">Everything that is recorded beside runs and dataset versions.</param>
public sealed class StoreUsage(LocalArtifactStore store, IRunCatalog runs, IDatasetCatalog datasets, IReferenceSource records)
{
    private const string Named = "names";
    private static readonly KeepRules Everything = new() { Runs = int.MaxValue, DatasetVersions = int.MaxValue };
    private readonly ReferenceReader reader = new(runs, datasets, records);

    public async Task<UsageReport> MeasureAsync(CancellationToken cancellationToken)
    {
        var blobs = await Task.Run(() => new BlobTable(store.Blobs.ListAll(), cancellationToken), cancellationToken).ConfigureAwait(false);
        var references = await reader.ReadAsync(Everything, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Measure(blobs, references, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private UsageReport Measure(BlobTable blobs, References references, CancellationToken cancellationToken)
    {
        var reach = new BlobReach(store.Blobs);
        var owners = references.Kept.Concat(store.Names.List().Select(entry => new Reference(Named, null, entry.Name, BlobName.Of(entry.Manifest))))
            .GroupBy(reference => (reference.Kind, reference.Name)).ToList();
        var counts = new (int Blobs, long Bytes, long Own)[owners.Count + 1];
        for (var mark = 1; mark <= owners.Count; mark++)
        {
            var open = new Stack<BlobName>(owners[mark - 1].Select(reference => reference.Blob));
            while (open.TryPop(out var name))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!blobs.Mark(name, mark))
                    continue;
                counts[mark].Blobs++;
                counts[mark].Bytes += blobs.SizeOf(name);
                foreach (var needed in reach.OfReadable(name))
                    open.Push(needed);
            }
        }

        foreach (var (blob, mark, isShared) in blobs.All())
        {
            if (mark == 0)
                counts[0] = (counts[0].Blobs + 1, counts[0].Bytes + blob.Size, 0);
            else if (!isShared)
                counts[mark].Own += blob.Size;
        }

        var rows = owners.Select((owner, i) => new UsageRow(owner.Key.Kind, owner.Key.Name, counts[i + 1].Blobs, counts[i + 1].Bytes, counts[i + 1].Own))
            .Where(row => row.Blobs > 0)
            .OrderByDescending(row => row.Bytes).ThenBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal);
        return new UsageReport([.. rows], blobs.Count, blobs.Bytes, counts[0].Blobs, counts[0].Bytes);
    }
}
