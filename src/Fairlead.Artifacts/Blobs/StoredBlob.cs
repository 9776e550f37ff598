namespace Fairlead.Artifacts.Blobs;

/// <summary>A blob as it was found in the store.</summary>
/// <param name="ChangedAt">When it was last of use, in nanoseconds since 1970-01-01 UTC.</param>
internal readonly record struct StoredBlob(BlobName Name, long Size, long ChangedAt);
