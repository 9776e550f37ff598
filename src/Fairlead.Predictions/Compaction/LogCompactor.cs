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
    private readonly SemaphoreSlim gate = new(1);
    private readonly HashSet<string> damaged = new(StringComparer.Ordinal);

    /// <summary>Called between the effects; tests end the pass there.</summary>
    internal Action<CompactionPoint>? Reached { get; set; }

    /// <summary>Compacts what is sealed now. A damaged segment is logged once, left in place and reported in every pass.</summary>
    public async Task<CompactionReport> RunOnceAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var segments = new SegmentFolder(folder.CaptureLog).Sealed();
            return segments.Count == 0
                ? new CompactionReport(0, 0, 0, 0, [])
                : await Task.Run(() => CompactAsync(segments, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

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
                if (Convert(scratch, path, segment, cancellationToken) is not { } compacted)
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
            using var tables = new SegmentTables(scratch.Connection);
            tables.Add(reader, segment, cancellationToken);
            Reached?.Invoke(CompactionPoint.Read);
            var files = tables.Write(folder.Predictions, segment, isDurable: true, cancellationToken);
            Reached?.Invoke(CompactionPoint.Written);
            if (tables.Misfits > 0)
                Log.TensorsMisfit(logger, segment, tables.Misfits);
            return new CompactedSegment(segment, tables.Records, files, time.GetUtcNow());
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
