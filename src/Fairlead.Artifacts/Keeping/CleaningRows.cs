using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts.Keeping;

namespace Fairlead.Artifacts.Keeping;

/// <summary>Counts what goes by what named it.</summary>
internal sealed class CleaningRows
{
    private const int FirstMark = 2;
    private readonly Dictionary<(string Kind, string? Name), int> marks = [];
    private readonly Dictionary<BlobName, int> owners = [];

    /// <summary>The mark of what a reference names.</summary>
    public int Begin(Reference reference)
    {
        if (!marks.TryGetValue((reference.Kind, reference.Name), out var mark))
            marks.Add((reference.Kind, reference.Name), mark = FirstMark + marks.Count);
        return mark;
    }

    public void Remember(BlobName blob, int mark) => owners[blob] = mark;

    public IReadOnlyList<CleaningRow> Count(IReadOnlyCollection<StoredBlob> gone)
    {
        var keys = marks.ToDictionary(entry => entry.Value, entry => entry.Key);
        return
        [
            .. gone.GroupBy(blob => keys.TryGetValue(owners[blob.Name], out var key) ? key : (Kind: CleaningRow.Nothing, Name: null))
                .Select(group => new CleaningRow(group.Key.Kind, group.Key.Name, group.Count(), group.Sum(blob => blob.Size)))
                .OrderByDescending(row => row.Bytes).ThenBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }
}
