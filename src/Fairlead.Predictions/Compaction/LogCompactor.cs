using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// Turns sealed log segments into Parquet files, one at a time: files, manifest, removal of the segment, in this order. File names follow
/// from the segment, so that a pass that was cut short anywhere is repeated without a row lost or doubled.
/// </summary>
public sealed class LogCompactor(StateFolder folder, SegmentManifest manifest, TimeProvider time, ILogger<LogCompactor> logger) : IDisposable
{
    /// <summary>With more sealed segments than that, 1 GiB at the usual size, giving way would let the log grow without end.</summary>
    internal const int MostBehind = 16;

    private readonly SemaphoreSlim gate = new(1);
    private readonly HashSet<string> damaged = new(StringComparer.Ordinal);

    // Kept from pass to pass as long as there is something to do, with the memory that they have; let go by the first pass that finds nothing.
    private readonly ScratchDatabase scratch = new(folder);
    private CompactionWorker? worker;
    private int awaited;

    /// <summary>Called between the effects; tests end the pass there.</summary>
    internal Action<CompactionPoint>? Reached { get; set; }

    /// <summary>Compacts what is sealed now, for somebody who waits for it. A damaged segment is logged once, left in place and reported in every pass.</summary>
    public async Task<CompactionReport> RunOnceAsync(CancellationToken cancellationToken)
    {
        // A pass that gives way meanwhile goes on with its next segment as if it were this one.
        Interlocked.Increment(ref awaited);
        try
        {
            return await RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref awaited);
        }
    }

    /// <summary>As <see cref="RunOnceAsync"/>, but gives way to whoever answers requests, unless too much has gathered.</summary>
    internal Task<CompactionReport> RunInBackgroundAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public void Dispose()
    {
        LetGo();
        gate.Dispose();
    }

    private async Task<CompactionReport> RunAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var segments = Waiting();
            if (segments.Count > 0)
                return await CompactAsync(segments, cancellationToken).ConfigureAwait(false);
            LetGo();
            return new CompactionReport(0, 0, 0, 0, [.. damaged]);
        }
        catch
        {
            // Nobody knows what a statement that failed has left there.
            LetGo();
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    private List<string> Waiting() => [.. new SegmentFolder(folder.CaptureLog).Sealed().Where(path => !damaged.Contains(path))];

    private bool GivesWay() => Volatile.Read(ref awaited) == 0 && Waiting().Count <= MostBehind;

    private CompactionWorker WorkerFor(bool givesWay)
    {
        if (worker is { HasGivenWay: true } && !givesWay)
            LetGoOfWorker();
        return worker ??= new CompactionWorker();
    }

    private void LetGo()
    {
        LetGoOfWorker();
        scratch.Dispose();
    }

    private void LetGoOfWorker()
    {
        worker?.Dispose();
        worker = null;
    }

    private async Task<CompactionReport> CompactAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var done = new List<CompactedSegment>();
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segment = SegmentName.Stem(path);
            if (!listed.Contains(segment))
            {
                var givesWay = GivesWay();
                if (await WorkerFor(givesWay).RunAsync(() => Convert(path, segment, cancellationToken), givesWay).ConfigureAwait(false) is not { } compacted)
                    continue;
                await manifest.AddAsync(compacted, cancellationToken).ConfigureAwait(false);
                Reached?.Invoke(CompactionPoint.Listed);
                done.Add(compacted);
            }

            File.Delete(path);
            Reached?.Invoke(CompactionPoint.Deleted);
        }

        return new CompactionReport(done.Count, done.Sum(s => s.Records), done.Sum(s => s.Files.Sum(f => f.Rows)), done.Sum(s => s.Files.Count), [.. damaged]);
    }

    /// <summary>Writes a segment's files; null when the segment is damaged.</summary>
    private CompactedSegment? Convert(string path, string segment, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = SegmentReader.Open(path);
            using var tables = new SegmentTables(scratch);
            tables.Add(reader, segment, cancellationToken);
            Reached?.Invoke(CompactionPoint.Read);
            var files = tables.Write(folder.Predictions, segment, isDurable: true, cancellationToken);
            Reached?.Invoke(CompactionPoint.Written);
            if (tables.Misfits > 0)
                Log.TensorsMisfit(logger, segment, tables.Misfits);
            var now = time.GetUtcNow();
            return new CompactedSegment(segment, tables.Records, files.ConvertAll(file => file with { WrittenAt = now }), now);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Damaged)
        {
            // Kept aside in memory only: after a restart it is tried again, and a repaired file is taken up.
            damaged.Add(path);
            Log.SegmentDamaged(logger, segment, e.Message);
            return null;
        }
    }
}
