using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Compaction;

/// <summary>
/// The manifest of the predictions folder, kept in memory after the first reading: this process is the only one who changes it. Share one instance.
/// </summary>
public sealed class SegmentManifest(ISegmentCatalog catalog) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private volatile ManifestSnapshot? snapshot;

    /// <summary>Who reads files of the manifest holds them here.</summary>
    internal RetiredFiles Retired { get; } = new();

    public void Dispose() => gate.Dispose();

    internal async ValueTask<ManifestSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (snapshot is { } known)
            return known;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return snapshot ??= await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    internal Task AddAsync(CompactedSegment segment, CancellationToken cancellationToken) =>
        ChangeAsync(() => catalog.AddAsync(segment, CancellationToken.None), known => known.With(segment), cancellationToken);

    /// <summary>The segments are no longer in the log, and will not be again.</summary>
    internal Task ForgetSegmentsAsync(IReadOnlyList<string> segments, CancellationToken cancellationToken) =>
        ChangeAsync(() => catalog.ForgetSegmentsAsync(segments, CancellationToken.None), known => known.Without(segments), cancellationToken);

    internal Task ReplaceAsync(IReadOnlyCollection<string> retired, IReadOnlyList<CompactedFile> added, CancellationToken cancellationToken) =>
        ChangeAsync(() => catalog.ReplaceAsync([.. retired], added, CancellationToken.None), known => known.Replace(retired, added), cancellationToken);

    internal Task SetStateAsync(IReadOnlyCollection<string> paths, CompactedFileState state, CancellationToken cancellationToken) =>
        ChangeAsync(() => catalog.SetStateAsync([.. paths], state, CancellationToken.None), known => known.With(paths, state), cancellationToken);

    internal Task RemoveAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        ChangeAsync(() => catalog.RemoveAsync([.. paths], CancellationToken.None), known => known.WithoutFiles(paths), cancellationToken);

    /// <param name="write">Is not cancelled: what was written must be known here.</param>
    private async Task ChangeAsync(Func<Task> write, Func<ManifestSnapshot, ManifestSnapshot> change, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = snapshot ?? await LoadAsync(cancellationToken).ConfigureAwait(false);
            // Should the writing fail, nobody knows whether it took effect: then the next reading asks the catalog.
            snapshot = null;
            await write().ConfigureAwait(false);
            snapshot = change(before);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<ManifestSnapshot> LoadAsync(CancellationToken cancellationToken)
    {
        var files = await catalog.ListFilesAsync(cancellationToken).ConfigureAwait(false);
        return new ManifestSnapshot(await catalog.ListSegmentsAsync(cancellationToken).ConfigureAwait(false), files);
    }
}
