namespace Fairlead.Predictions.Log;

/// <summary>The segments in a folder and the folders below it; several writers may be at work there.</summary>
public sealed class SegmentFolder(string path)
{
    private const int Attempts = 20;

    /// <summary>Full paths of the sealed segments, oldest first.</summary>
    public IReadOnlyList<string> Sealed() => All().Where(SegmentName.IsSealed).ToList();

    /// <summary>Full paths of the sealed segments and of those still being written, oldest first; each segment once.</summary>
    public IReadOnlyList<string> All()
    {
        // A file that is renamed during a listing may be missing from it, but not from one that begins afterwards:
        // only a listing that names the same segments as the one before is complete.
        var previous = List();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var next = List();
            if (next.Keys.SequenceEqual(previous.Keys))
                return next.Values.ToList();
            previous = next;
        }

        return previous.Values.ToList();
    }

    private SortedDictionary<string, string> List()
    {
        var segments = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(path))
            return segments;
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            if (SegmentName.IsSealed(file))
                segments[SegmentName.Stem(file)] = Path.GetFullPath(file);
            else if (SegmentName.IsOpen(file))
                segments.TryAdd(SegmentName.Stem(file), Path.GetFullPath(file));
        }

        return segments;
    }
}
