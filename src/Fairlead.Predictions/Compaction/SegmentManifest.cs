using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// The manifest of compacted segments, kept in memory after the first reading: the compactor of this process is the only one who adds to it.
/// Share one instance.
/// </summary>
public sealed class SegmentManifest(ISegmentCatalog catalog) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private volatile ManifestSnapshot? snapshot;

    public void Dispose() => gate.Dispose();

    internal async ValueTask<ManifestSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (snapshot is { } known)
            return known;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return snapshot ??= new ManifestSnapshot(await catalog.ListAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            gate.Release();
        }
    }

    internal async Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        await catalog.AddAsync(segment, cancellationToken).ConfigureAwait(false);
        await gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            snapshot = (snapshot ?? before).With(segment);
        }
        finally
        {
            gate.Release();
        }
    }
}
