using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts.Keeping;

/// <summary>
/// Removes from the store what no record needs. Runs and puts go on meanwhile: what they count on is renewed by that, and is left alone
/// for the time of grace. Killed in the middle, it has removed a part of what it would have removed, and nothing else.
/// </summary>
public sealed class StoreCleaner
{
    private const int Needed = 1;
    private readonly LocalArtifactStore store;
    private readonly IRunCatalog runs;
    private readonly ReferenceReader reader;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim one = new(1, 1);

    /// <param name="records">Everything else that is recorded.</param>
    public StoreCleaner(LocalArtifactStore store, IRunCatalog runs, IDatasetCatalog datasets, IReferenceSource records, TimeProvider time, ILogger<StoreCleaner> logger)
    {
        (this.store, this.runs, this.time, this.logger) = (store, runs, time, logger);
        reader = new ReferenceReader(runs, datasets, records);
    }

    /// <param name="isDry">Only say what would be removed.</param>
    /// <exception cref="FairleadException">Invalid rules; Conflict: steps run and the grace is too short for that; Damaged: a tree that is needed cannot be read.</exception>
    public async Task<CleaningReport> CleanAsync(KeepRules rules, bool isDry, CancellationToken cancellationToken)
    {
        rules.Validate();
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What there is before what is needed: what comes in between is not looked at.
            var blobs = await Task.Run(() => new BlobTable(store.Blobs.ListAll(), cancellationToken), cancellationToken).ConfigureAwait(false);
            if (!isDry && rules.Grace < KeepRules.SafeGrace)
                await RequireRestAsync(rules.Grace, cancellationToken).ConfigureAwait(false);
            var references = await reader.ReadAsync(rules, cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Clean(blobs, references, rules, isDry, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task RequireRestAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var all = await runs.ListAsync(null, int.MaxValue, cancellationToken).ConfigureAwait(false);
        if (all.FirstOrDefault(run => run.Status == RunStatus.Running) is { } running)
            throw FairleadException.Conflict($"'{running.Id}' is running, and a grace of '{grace.TotalSeconds:0}s' could take what it has just put; wait for its end, or let the grace be '15m' or more.");
    }

    private CleaningReport Clean(BlobTable blobs, References references, KeepRules rules, bool isDry, CancellationToken cancellationToken)
    {
        var reach = new BlobReach(store.Blobs);
        foreach (var reference in references.Kept)
            Walk(reference.Blob, Needed);
        foreach (var (name, manifest) in store.Names.List())
        {
            if (!references.Names.Contains(name))
                Walk(BlobName.Of(manifest), Needed);
        }

        var dead = blobs.All().Where(entry => entry.Mark != Needed).Select(entry => entry.Blob).ToList();
        var oldest = (time.GetUtcNow() - rules.Grace - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var young = dead.Where(blob => blob.ChangedAt >= oldest).ToList();
        var old = dead.Where(blob => blob.ChangedAt < oldest).ToList();
        var rows = new CleaningRows();
        foreach (var reference in references.LetGo)
            Walk(reference.Blob, rows.Begin(reference));

        if (!isDry)
        {
            store.Names.Remove(references.Names);
            PartialFile.RemoveOld(store.Layout.Partial, time.GetUtcNow() - rules.Grace);
            old = Remove(old, cancellationToken);
        }

        foreach (var (blob, mark, _) in blobs.All().Where(entry => entry.Mark != Needed))
            rows.Remember(blob.Name, mark);
        var report = new CleaningReport
        {
            IsDry = isDry,
            Rows = rows.Count(old),
            Blobs = old.Count,
            Bytes = old.Sum(blob => blob.Size),
            Runs = references.Runs,
            Names = [.. references.Names.Order(StringComparer.Ordinal)],
            KeptBlobs = blobs.Count - dead.Count,
            KeptBytes = blobs.Bytes - dead.Sum(blob => blob.Size),
            YoungBlobs = young.Count,
            YoungBytes = young.Sum(blob => blob.Size),
        };
        if (!isDry && report.Blobs > 0)
            Log.StoreCleaned(logger, report.Blobs, report.Bytes, report.KeptBlobs);
        return report;

        void Walk(BlobName root, int mark)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var open = new Stack<BlobName>([root]);
            while (open.TryPop(out var name))
            {
                if (!blobs.TryMark(name, mark, Needed))
                    continue;
                // What a damaged tree that is let go held goes for not being named.
                foreach (var needed in mark == Needed ? reach.Of(name) : reach.OfReadable(name))
                    open.Push(needed);
            }
        }
    }

    private List<StoredBlob> Remove(List<StoredBlob> dead, CancellationToken cancellationToken)
    {
        var removed = new List<StoredBlob>(dead.Count);
        try
        {
            foreach (var blob in dead)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (store.Blobs.TryRemove(blob, store.NewTempPath()))
                    removed.Add(blob);
            }
        }
        finally
        {
            store.SaveStats();
        }

        return removed;
    }
}
