namespace Fairlead.Steps.Keys;

/// <summary>Answers which files of one listing lie at or below a path, by binary search.</summary>
/// <param name="files">Sorted (ordinal).</param>
internal sealed class FileListing(IReadOnlyList<string> files)
{
    private readonly string[] sorted = [.. files];

    /// <param name="path">Without a slash at its end; <c>.</c> means everything.</param>
    public IReadOnlyList<string> Below(string path)
    {
        if (path == ".")
            return sorted;
        if (Array.BinarySearch(sorted, path, StringComparer.Ordinal) is >= 0 and var exact)
            return [sorted[exact]];
        var prefix = path + "/";
        var first = ~Array.BinarySearch(sorted, prefix, StringComparer.Ordinal);
        var end = first;
        while (end < sorted.Length && sorted[end].StartsWith(prefix, StringComparison.Ordinal))
            end++;
        return sorted[first..end];
    }
}
