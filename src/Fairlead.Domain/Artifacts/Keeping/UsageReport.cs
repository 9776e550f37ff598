namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>What takes how much of the store.</summary>
/// <param name="Rows">The largest first; what is shared is in several.</param>
/// <param name="Blobs">All of the store, each once.</param>
/// <param name="UnusedBytes">Of blobs that no record names.</param>
public sealed record UsageReport(IReadOnlyList<UsageRow> Rows, int Blobs, long Bytes, int UnusedBlobs, long UnusedBytes)
{
    /// <summary>The same for each kind as a whole, what its members share counted once; the largest first.</summary>
    public IReadOnlyList<UsageRow> Kinds { get; init; } = [];

    /// <summary>The largest outputs of runs and states of datasets, the largest first.</summary>
    public IReadOnlyList<LargeArtifact> Largest { get; init; } = [];

    /// <summary>Blobs that name others: the lists of files of trees, and manifests.</summary>
    public int Lists { get; init; }
}
