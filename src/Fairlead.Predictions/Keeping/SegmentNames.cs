using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Keeping;

/// <summary>Forgets the names of compacted segments that are surely gone, so that the manifest does not grow with every segment there ever was.</summary>
internal sealed class SegmentNames(StateFolder folder, SegmentManifest manifest, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var oldest = Microseconds.Of(time.GetUtcNow() - Age);
        var present = new SegmentFolder(folder.CaptureLog).All().Select(SegmentName.Stem).ToHashSet(StringComparer.Ordinal);
        var gone = listed.Segments.Where(name => SegmentName.TimeOf(name) < oldest && !present.Contains(name)).ToList();
        if (gone.Count == 0)
            return 0;
        // A power cut must not bring back a segment that nobody knows as compacted any more.
        foreach (var writer in Directory.Exists(folder.CaptureLog) ? Directory.EnumerateDirectories(folder.CaptureLog) : [])
            LibC.SyncFolder(writer);
        await manifest.ForgetSegmentsAsync(gone, cancellationToken).ConfigureAwait(false);
        return gone.Count;
    }
}
