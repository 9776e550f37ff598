namespace Fairlead.Domain.Predictions;

/// <summary>
/// The seam to the manifest of the predictions folder: which log segments are compacted, and which Parquet files hold the rows that count.
/// What is in no listed segment is read from the log.
/// </summary>
public interface ISegmentCatalog
{
    /// <summary>Lists a segment as compacted, together with its files; a segment that is listed already is left as it is.</summary>
    Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken);

    /// <summary>Names of the segments, in the order in which they were listed.</summary>
    Task<IReadOnlyList<string>> ListSegmentsAsync(CancellationToken cancellationToken);

    /// <summary>Removes names of segments; only for those that are surely no longer in the log. Their files stay listed.</summary>
    Task ForgetSegmentsAsync(IReadOnlyList<string> segments, CancellationToken cancellationToken);

    /// <summary>Files of every state, in the order in which they were listed.</summary>
    Task<IReadOnlyList<CompactedFile>> ListFilesAsync(CancellationToken cancellationToken);

    /// <summary>In one transaction: files are retired, and others, which hold those of their rows that shall stay, are listed.</summary>
    /// <param name="retired">Paths.</param>
    /// <exception cref="Problems.FairleadException">Conflict: one to retire is not listed; nothing was changed.</exception>
    Task ReplaceAsync(IReadOnlyList<string> retired, IReadOnlyList<CompactedFile> added, CancellationToken cancellationToken);

    /// <summary>Says where known files are now; paths that are not known are passed over.</summary>
    Task SetStateAsync(IReadOnlyList<string> paths, CompactedFileState state, CancellationToken cancellationToken);

    /// <summary>Forgets retired files; files of another state stay.</summary>
    Task RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);
}
