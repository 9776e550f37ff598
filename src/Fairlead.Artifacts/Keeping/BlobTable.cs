using System.Runtime.InteropServices;
using Fairlead.Artifacts.Blobs;

namespace Fairlead.Artifacts.Keeping;

/// <summary>All blobs of the store with a mark each: 72 bytes a blob, so that a million are no burden.</summary>
internal sealed class BlobTable
{
    private readonly Dictionary<BlobName, Entry> entries = [];

    public BlobTable(IEnumerable<StoredBlob> blobs, CancellationToken cancellationToken)
    {
        foreach (var blob in blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries[blob.Name] = new Entry(blob.Size, blob.ChangedAt);
            Bytes += blob.Size;
        }
    }

    public int Count => entries.Count;

    public long Bytes { get; }

    public bool Contains(BlobName name) => entries.ContainsKey(name);

    public long SizeOf(BlobName name) => entries[name].Size;

    /// <summary>Marks a blob with a number, which is not 0.</summary>
    /// <returns>False when the store lacks it, or when the last mark was the same.</returns>
    public bool Mark(BlobName name, int mark)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(entries, name);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry) || entry.Last == mark)
            return false;
        entry.IsShared |= entry.Last != 0;
        entry.Last = mark;
        return true;
    }

    /// <summary>Marks a blob, unless it has the mark that goes before all others.</summary>
    public bool TryMark(BlobName name, int mark, int first) => (mark == first || LastOf(name) != first) && Mark(name, mark);

    /// <summary>Takes all marks away.</summary>
    public void Clear()
    {
        foreach (var name in entries.Keys)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(entries, name);
            (entry.Last, entry.IsShared) = (0, false);
        }
    }

    private int LastOf(BlobName name) => entries.TryGetValue(name, out var entry) ? entry.Last : 0;

    /// <summary>Each blob with its last mark, 0 for none, and whether there were others.</summary>
    public IEnumerable<(StoredBlob Blob, int Mark, bool IsShared)> All() =>
        entries.Select(entry => (new StoredBlob(entry.Key, entry.Value.Size, entry.Value.ChangedAt), entry.Value.Last, entry.Value.IsShared));

    private record struct Entry(long Size, long ChangedAt)
    {
        public int Last { get; set; }

        public bool IsShared { get; set; }
    }
}
