using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>Merges small files of one partition and one shape, so that a day is a few large files and not thousands of small ones.</summary>
public sealed class FileMerger(StateFolder folder, SegmentManifest manifest, FileSwitch files, TimeProvider time, ILogger<FileMerger> logger)
{
    /// <summary>Bytes that a merge leaves free on the disk, for the log above all.</summary>
    private const long Reserve = 256L << 20;
    private readonly FileRewriter rewriter = new(folder, time);
    private readonly Dictionary<string, string> shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> damaged = new(StringComparer.Ordinal);

    internal MergeOptions Options { get; init; } = MergeOptions.Default;

    /// <summary>Merges until everything is well. Others who change files get their turn in between.</summary>
    public async Task<MergeReport> RunOnceAsync(CancellationToken cancellationToken)
    {
        var report = new MergeReport(0, 0, 0, 0);
        using var scratch = new ScratchDatabase(folder);
        while (await MergeNextAsync(scratch, cancellationToken).ConfigureAwait(false) is { } merged)
            report = new MergeReport(report.Before + merged.Before, report.After + merged.After, report.Rows + merged.Rows, report.Bytes + merged.Bytes);
        return report;
    }

    private async Task<MergeReport?> MergeNextAsync(ScratchDatabase scratch, CancellationToken cancellationToken)
    {
        using var hold = await files.EnterAsync(cancellationToken).ConfigureAwait(false);
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Next(scratch.Connection, listed, cancellationToken) is not { Count: > 0 } sources)
            return null;
        var merged = await CompactionThread.RunAsync(
            () => sources.All(IsWhole) ? rewriter.Merge(scratch.Connection, sources, cancellationToken) : null,
            givesWay: true).ConfigureAwait(false);
        // Without the damaged ones the next pass decides anew.
        if (merged is null)
            return new MergeReport(0, 0, 0, 0);
        await files.ReplaceAsync(sources, [merged]).ConfigureAwait(false);
        return new MergeReport(sources.Count, 1, merged.Rows, merged.Bytes);
    }

    private IReadOnlyList<CompactedFile> Next(DuckDbConnection connection, ManifestSnapshot listed, CancellationToken cancellationToken)
    {
        var candidates = listed.Files
            .Where(file => file.Bytes < Options.HealthyBytes && !damaged.Contains(file.Path))
            .GroupBy(file => FilePartition.Of(file));
        foreach (var partition in candidates.Where(group => group.Count() > 1))
        {
            foreach (var shape in partition.GroupBy(file => ShapeOf(connection, file, cancellationToken)))
            {
                var next = MergePlan.Next([.. shape], partition.Key.Day, time.GetUtcNow(), Options);
                if (next.Count > 1 && HasRoom(partition.Key.Folder, next))
                    return next;
            }
        }

        return [];
    }

    private bool IsWhole(CompactedFile file)
    {
        if (rewriter.IsWhole(file))
            return true;
        damaged.Add(file.Path);
        Log.FileDamaged(logger, file.Path);
        return false;
    }

    private string ShapeOf(DuckDbConnection connection, CompactedFile file, CancellationToken cancellationToken)
    {
        if (file.Shape is { } shape)
            return shape;
        if (!shapes.TryGetValue(file.Path, out var known))
            shapes[file.Path] = known = DescribeOrSetAside(connection, file, cancellationToken);
        return known;
    }

    private string DescribeOrSetAside(DuckDbConnection connection, CompactedFile file, CancellationToken cancellationToken)
    {
        try
        {
            return ParquetFile.ShapeOf(connection, rewriter.Location(file), cancellationToken);
        }
        catch (DuckDbException)
        {
            // Nothing can be merged with it.
            Log.FileDamaged(logger, file.Path);
            damaged.Add(file.Path);
            return file.Path;
        }
    }

    private bool HasRoom(string partition, IReadOnlyList<CompactedFile> sources)
    {
        // The new file, and as much again for sorting what does not fit into memory.
        var needed = Reserve + (2 * sources.Sum(file => file.Bytes));
        var free = new DriveInfo(folder.Predictions).AvailableFreeSpace;
        if (free >= needed)
            return true;
        Log.MergeNeedsSpace(logger, partition, free, needed);
        return false;
    }
}
