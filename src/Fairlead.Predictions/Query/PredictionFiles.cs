using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Tells which files hold all predictions at this moment: those of the manifest, and the tail of the log, which is read here.
/// Everything that was recorded before the call is in the snapshot, once, whatever the compactor does meanwhile.
/// </summary>
internal sealed class PredictionFiles : IDisposable
{
    private const int Attempts = 100;

    /// <summary>With more than this waiting, compacting first is quicker than reading it as a tail.</summary>
    private const long LargestTail = 256L << 20;
    private readonly SemaphoreSlim gate = new(1);
    private readonly StateFolder folder;
    private readonly SegmentManifest manifest;
    private readonly LogCompactor compactor;
    private readonly ILogger logger;
    private readonly string tailRoot;
    private readonly ScratchDatabase scratch;
    private readonly Dictionary<string, TailSegment> tail = new(StringComparer.Ordinal);
    private readonly HashSet<string> damaged = new(StringComparer.Ordinal);
    private readonly RetiredFiles retired = new();

    public PredictionFiles(StateFolder folder, SegmentManifest manifest, LogCompactor compactor, ILogger logger)
    {
        this.folder = folder;
        this.manifest = manifest;
        this.compactor = compactor;
        this.logger = logger;
        scratch = new ScratchDatabase(folder);
        tailRoot = Path.Combine(folder.Predictions, PredictionLayout.Tail);
        if (Directory.Exists(tailRoot))
            Directory.Delete(tailRoot, recursive: true);
    }

    /// <summary>Called between the two readings that make a snapshot; tests let the log change there.</summary>
    internal Func<Task>? BetweenReadings { get; set; }

    public async Task<PredictionSnapshot> AcquireAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => RefreshAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Waits until the files of the tail that no new snapshot holds are deleted, which queries that run now can delay.</summary>
    public Task WhenRetiredAreGoneAsync(CancellationToken cancellationToken) => retired.WhenUnheld().WaitAsync(cancellationToken);

    /// <summary>Gives back the memory of the reading; the tail read so far stays.</summary>
    public async Task ReleaseMemoryAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        scratch.Dispose();
        gate.Release();
    }

    public void Dispose()
    {
        foreach (var segment in tail.Values)
            segment.Dispose();
        scratch.Dispose();
        gate.Dispose();
        if (Directory.Exists(tailRoot))
            Directory.Delete(tailRoot, recursive: true);
    }

    private async Task<PredictionSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Before the manifest is read, so that none of its files is deleted meanwhile.
            var release = manifest.Retired.Hold();
            var isHeld = false;
            try
            {
                if (await TryReadAsync(release, cancellationToken).ConfigureAwait(false) is not { } snapshot)
                    continue;
                isHeld = true;
                return snapshot;
            }
            finally
            {
                if (!isHeld)
                    release();
            }
        }

        throw FairleadException.Unavailable("The log changes faster than it can be listed; ask again.");
    }

    /// <summary>Null when the log changed meanwhile, so that it has to be listed again.</summary>
    private async Task<PredictionSnapshot?> TryReadAsync(Action release, CancellationToken cancellationToken)
    {
        // The order matters: a segment leaves the folder only after the manifest lists it.
        var paths = new SegmentFolder(folder.CaptureLog).All();
        await (BetweenReadings?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var waiting = paths.Where(path => !listed.Contains(SegmentName.Stem(path))).ToList();
        if (waiting.Sum(SizeOfSealed) > LargestTail && (await compactor.RunOnceAsync(cancellationToken).ConfigureAwait(false)).Segments > 0)
            return null;
        // What left the log is in the manifest's files, whether or not the manifest still knows the segment's name.
        var present = waiting.Select(SegmentName.Stem).ToHashSet(StringComparer.Ordinal);
        foreach (var name in tail.Keys.Where(name => !present.Contains(name)).ToList())
            Drop(name);
        return waiting.TrueForAll(path => TryRead(path, cancellationToken)) ? Snapshot(listed, release, cancellationToken) : null;
    }

    private static long SizeOfSealed(string path)
    {
        var file = new FileInfo(path);
        return SegmentName.IsSealed(path) && file.Exists ? file.Length : 0;
    }

    /// <summary>False when the segment is gone: it was compacted since the listing.</summary>
    private bool TryRead(string path, CancellationToken cancellationToken)
    {
        var name = SegmentName.Stem(path);
        if (damaged.Contains(name))
            return true;
        try
        {
            if (!tail.TryGetValue(name, out var segment))
                tail[name] = segment = new TailSegment(SegmentReader.Open(path), name, tailRoot);
            segment.Refresh(scratch, retired.Add, cancellationToken);
            return true;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return false;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Damaged)
        {
            // Queries go on without it, as the Parquet files will until somebody mends it; the compactor reports it in every pass.
            damaged.Add(name);
            Log.TailDamaged(logger, name, e.Message);
            return true;
        }
        catch
        {
            // The reader has moved past records that are in no file: the next call reads the segment from its start.
            Drop(name);
            throw;
        }
    }

    private void Drop(string name)
    {
        if (!tail.Remove(name, out var segment))
            return;
        segment.Dispose();
        foreach (var file in segment.Files)
            retired.Add(Path.Combine(segment.Root, file.Path));
    }

    private PredictionSnapshot Snapshot(ManifestSnapshot listed, Action release, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var predictions = new List<SnapshotFile>();
        var outcomes = new List<SnapshotFile>();
        Add(listed.Files, folder.Predictions);
        foreach (var segment in tail.Values)
            Add(segment.Files, segment.Root);
        var aside = listed.All.Where(file => file.State == CompactedFileState.Quarantined).ToList();
        return new PredictionSnapshot(predictions, outcomes, new MissingRows(aside.Count, aside.Sum(file => file.Rows)), retired.Hold() + release);

        void Add(IEnumerable<CompactedFile> files, string root)
        {
            foreach (var file in files)
                (PredictionLayout.IsPredictions(file.Path) ? predictions : outcomes).Add(new SnapshotFile(PredictionLayout.Location(root, file), file.FirstTime, file.LastTime) { Name = file.Path, Rows = file.Rows, Digest = file.Digest });
        }
    }
}
