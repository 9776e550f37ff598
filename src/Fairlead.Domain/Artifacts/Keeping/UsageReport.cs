namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>What takes how much of the store.</summary>
/// <param name="Rows">The largest first; what is shared is in several.</param>
/// <param name="Blobs">All of the store, each once.</param>
/// <param name="UnusedBytes">Of blobs that no record names.</param>
public sealed record UsageReport(IReadOnlyList<UsageRow> Rows, int Blobs, long Bytes, int UnusedBlobs, long UnusedBytes);
