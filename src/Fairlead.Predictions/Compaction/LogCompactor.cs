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

    public void Dispose() => gate.Dispose();

    private async Task<CompactionReport> RunAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var segments = new SegmentFolder(folder.CaptureLog).Sealed();
            return segments.Count == 0
                ? new CompactionReport(0, 0, 0, 0, [])
                : await CompactAsync(segments, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private bool GivesWay() => Volatile.Read(ref awaited) == 0 && new SegmentFolder(folder.CaptureLog).Sealed().Count(path => !damaged.Contains(path)) <= MostBehind;

    private async Task<CompactionReport> CompactAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var done = new List<CompactedSegment>();
        using var scratch = new ScratchDatabase(folder);
        foreach (var path in paths.Where(path => !damaged.Contains(path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var segment = SegmentName.Stem(path);
            if (!listed.Contains(segment))
            {
                if (await CompactionThread.RunAsync(() => Convert(scratch, path, segment, cancellationToken), GivesWay()).ConfigureAwait(false) is not { } compacted)
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
    private CompactedSegment? Convert(ScratchDatabase scratch, string path, string segment, CancellationToken cancellationToken)
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
