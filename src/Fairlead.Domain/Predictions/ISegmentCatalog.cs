namespace Fairlead.Domain.Predictions;

/// <summary>The seam to the manifest of compacted segments: what is listed here is read from Parquet, everything else from the log.</summary>
public interface ISegmentCatalog
{
    /// <summary>Lists a segment as compacted; a segment that is listed already is left as it is.</summary>
    Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<CompactedSegment>> ListAsync(CancellationToken cancellationToken);
}
