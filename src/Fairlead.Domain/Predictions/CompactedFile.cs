namespace Fairlead.Domain.Predictions;

/// <summary>One Parquet file of the predictions folder.</summary>
/// <param name="Path">Relative to the predictions folder, with '/'.</param>
/// <param name="FirstTime">Microseconds since 1970-01-01 UTC, of the oldest row.</param>
/// <param name="LastTime">Of the newest row.</param>
public sealed record CompactedFile(string Path, long Rows, long Bytes, long FirstTime, long LastTime);
