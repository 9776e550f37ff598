namespace Fairlead.Predictions.Log;

/// <summary>Where a writer keeps its segments, and when it seals them.</summary>
public sealed record SegmentWriterOptions
{
    public const int DefaultSegmentBytes = 64 * 1024 * 1024;
    public const int SmallestSegmentBytes = 4096;
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromSeconds(30);

    /// <summary>A folder of this writer's own; another writer that is alive is refused.</summary>
    public required string Folder { get; init; }

    /// <summary>Bytes that are allocated on the disk ahead for each segment; a longer record gets a segment of its own size.</summary>
    public int SegmentBytes { get; init; } = DefaultSegmentBytes;

    /// <summary>A segment is sealed when its first record is older than this, whether or not more follow.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, SmallestSegmentBytes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxAge, TimeSpan.Zero);
    }
}
