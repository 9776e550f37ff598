using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Predictions;

/// <summary>One Parquet file of the predictions folder; it never changes while it is there.</summary>
/// <param name="Path">Relative to the predictions folder, with '/'.</param>
/// <param name="FirstTime">Microseconds since 1970-01-01 UTC, of the oldest row.</param>
/// <param name="LastTime">Of the newest row.</param>
public sealed record CompactedFile(string Path, long Rows, long Bytes, long FirstTime, long LastTime)
{
    /// <summary>Of its bytes; null in records from before digests were kept.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Stands for its columns and their types: files of one shape can become one. Null in records from before shapes were kept.</summary>
    public string? Shape { get; init; }

    public DateTimeOffset? WrittenAt { get; init; }

    public CompactedFileState State { get; init; }
}
