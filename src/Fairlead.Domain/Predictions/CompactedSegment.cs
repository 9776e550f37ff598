namespace Fairlead.Domain.Predictions;

/// <summary>A log segment whose records are in Parquet files now.</summary>
/// <param name="Segment">Name of the segment, without folder.</param>
public sealed record CompactedSegment(string Segment, long Records, IReadOnlyList<CompactedFile> Files, DateTimeOffset CompactedAt);
