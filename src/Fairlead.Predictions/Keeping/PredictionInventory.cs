using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Keeping;

/// <summary>Says how much there is, by the manifest alone: no file is opened.</summary>
public sealed class PredictionInventory(StateFolder folder, SegmentManifest manifest)
{
    /// <param name="environment">Null for all.</param>
    /// <param name="service">Null for all.</param>
    public async Task<PredictionSizes> ListAsync(string? environment, string? service, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var sizes = listed.All.Where(file => file.State != CompactedFileState.Retired)
            .GroupBy(file => FilePartition.Of(file) with { IsKeyed = false })
            .Select(partition => SizeOf(partition.Key, [.. partition]))
            .OrderBy(size => size.Environment, StringComparer.Ordinal).ThenBy(size => size.Service, StringComparer.Ordinal).ThenBy(size => size.Day)
            .ToList();
        var segments = new SegmentFolder(folder.CaptureLog).All().Where(path => !listed.Contains(SegmentName.Stem(path))).ToList();
        return new PredictionSizes(
            [.. sizes.Where(size => size.Service is not null && (environment ?? size.Environment) == size.Environment && (service ?? size.Service) == size.Service)],
            [.. sizes.Where(size => size.Service is null)],
            segments.Count,
            segments.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length));
    }

    /// <summary>The files that were set aside because they are damaged.</summary>
    public async Task<IReadOnlyList<DamagedFile>> ListQuarantinedAsync(CancellationToken cancellationToken) =>
    [
        .. (await manifest.ReadAsync(cancellationToken).ConfigureAwait(false)).All.Where(file => file.State == CompactedFileState.Quarantined)
            .OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new DamagedFile(file.Path, "set aside", file.Rows)),
    ];

    private static PartitionSize SizeOf(FilePartition partition, List<CompactedFile> files)
    {
        var present = files.Where(file => file.State != CompactedFileState.Quarantined).ToList();
        return new PartitionSize(
            partition.Environment,
            partition.Service,
            partition.Day,
            present.Sum(file => file.Rows),
            present.Sum(file => file.Bytes),
            present.Count,
            present.Count == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(present.Min(file => file.FirstTime)),
            files.Where(file => file.State == CompactedFileState.Quarantined).Sum(file => file.Rows));
    }
}
