using Fairlead.Domain.Artifacts;

namespace Fairlead.Predictions.Query;

/// <summary>A Parquet file of a snapshot.</summary>
/// <param name="Path">Full path.</param>
/// <param name="FirstTime">Microseconds since 1970-01-01 UTC that no row's time nor id is before.</param>
/// <param name="LastTime">… nor after.</param>
internal sealed record SnapshotFile(string Path, long FirstTime, long LastTime)
{
    /// <summary>The path that the file has in the manifest, which says of what its rows are; empty where it is not known.</summary>
    public string Name { get; init; } = "";

    public long Rows { get; init; }

    /// <summary>Of its bytes; null where nobody knows what they should be, as of the files that queries make of the log.</summary>
    public Digest? Digest { get; init; }
}
