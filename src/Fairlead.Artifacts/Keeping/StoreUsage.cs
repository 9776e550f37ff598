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
    private const int MostLargest = 20;
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
        var all = references.Kept.Concat(store.Names.List().Select(entry => new Reference(Named, null, entry.Name, BlobName.Of(entry.Manifest)))).ToList();
        var rows = Measure(blobs, reach, [.. all.GroupBy(reference => (reference.Kind, reference.Name))], cancellationToken);
        var unused = blobs.All().Where(entry => entry.Mark == 0).Aggregate((Blobs: 0, Bytes: 0L), (sum, entry) => (sum.Blobs + 1, sum.Bytes + entry.Blob.Size));
        blobs.Clear();
        var kinds = Measure(blobs, reach, [.. all.GroupBy(reference => (reference.Kind, Name: (string?)null))], cancellationToken);
        return new UsageReport(rows, blobs.Count, blobs.Bytes, unused.Blobs, unused.Bytes) { Kinds = kinds, Lists = reach.Lists, Largest = Largest(blobs, all) };
    }

    private static IReadOnlyList<LargeArtifact> Largest(BlobTable blobs, IEnumerable<Reference> references) =>
    [
        .. references.Where(reference => reference is { Size: > 0, Record: not null } && blobs.Contains(reference.Blob))
            .GroupBy(reference => reference.Blob)
            .Select(group => (First: group.First(), Records: group.Select(reference => reference.Record).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(artifact => artifact.First.Size).ThenBy(artifact => artifact.First.Owner, StringComparer.Ordinal)
            .Take(MostLargest)
            .Select(artifact => new LargeArtifact(artifact.First.Kind, artifact.First.Record!, artifact.First.Owner, artifact.First.Blob.ToDigest(), artifact.First.Size, artifact.Records)),
    ];

    private static IReadOnlyList<UsageRow> Measure(BlobTable blobs, BlobReach reach, List<IGrouping<(string Kind, string? Name), Reference>> owners, CancellationToken cancellationToken)
    {
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
            if (mark != 0 && !isShared)
                counts[mark].Own += blob.Size;
        }

        return
        [
            .. owners.Select((owner, i) => new UsageRow(owner.Key.Kind, owner.Key.Name, counts[i + 1].Blobs, counts[i + 1].Bytes, counts[i + 1].Own))
                .Where(row => row.Blobs > 0)
                .OrderByDescending(row => row.Bytes).ThenBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }
}
