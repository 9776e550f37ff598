using System.Collections.Concurrent;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>
/// Remembers which bytes a file had, by size, times and inode, so that what did not change is not read again.
/// An append-only file of checksummed records: a torn end is cut off, and whatever is lost costs one more hash, never a wrong one.
/// </summary>
internal sealed class StatIndex(string path, Func<string> newTempPath, TimeProvider time)
{
    // Twice the coarsest time stamp of common file systems (FAT: two seconds).
    private static readonly long RacyNanoseconds = TimeSpan.FromSeconds(4).Ticks * TimeSpan.NanosecondsPerTick;
    private const int SlackRecords = 1000;

    private readonly ConcurrentDictionary<string, StatEntry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StatEntry> unwritten = new();
    private readonly string lockPath = path + ".lock";

    public void Load()
    {
        if (!File.Exists(path))
            return;
        using var gate = FileLock.Take(lockPath);
        var bytes = File.ReadAllBytes(path);
        var (offset, records) = (0, 0);
        while (StatEntry.Read(bytes.AsSpan(offset), out var consumed) is { } entry)
        {
            Apply(entry);
            offset += consumed;
            records++;
        }

        if (offset < bytes.Length || records > (2 * entries.Count) + SlackRecords)
            Rewrite();
    }

    /// <summary>The digest of a file outside the store, if it is known and the file looks as it did then.</summary>
    public Digest? FindFile(string file, FileState now) =>
        entries.TryGetValue(file, out var entry) && entry.State is { } then && then.HasSameContentAs(now) && then.ChangedAt == now.ChangedAt
            ? entry.Digest
            : null;

    /// <summary>Remembers a file outside the store.</summary>
    /// <remarks>
    /// A file that was written a moment before it was hashed may be written again within the same tick of its time stamp:
    /// as in git's index, such a racy file is not remembered, and hashed again the next time.
    /// </remarks>
    /// <param name="hashedAt">When hashing began.</param>
    public void RecordFile(string file, FileState state, Digest digest, DateTimeOffset hashedAt)
    {
        var began = (hashedAt - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        if (Math.Max(state.ModifiedAt, state.ChangedAt) < began - RacyNanoseconds)
            Add(new StatEntry(file, state, digest));
    }

    /// <summary>What the blob looked like when its bytes last matched its digest.</summary>
    public FileState? FindBlob(Digest blob) => entries.TryGetValue(blob.ToString(), out var entry) ? entry.State : null;

    /// <summary>The sizes of all blobs that are known.</summary>
    public HashSet<long> BlobSizes() => [.. entries.Values.Where(entry => !Path.IsPathRooted(entry.Name)).Select(entry => entry.State!.Value.Size)];

    public void RecordBlob(Digest blob, FileState state) => Add(new StatEntry(blob.ToString(), state, blob));

    public void ForgetBlob(Digest blob) => Add(new StatEntry(blob.ToString(), null, blob));

    public DateTimeOffset Now() => time.GetUtcNow();

    /// <summary>Appends what was recorded since the last call.</summary>
    public void Save()
    {
        if (unwritten.IsEmpty)
            return;
        var batch = new MemoryStream();
        while (unwritten.TryDequeue(out var entry))
            entry.WriteTo(batch);
        using var gate = FileLock.Take(lockPath);
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, batch.GetBuffer().AsSpan(0, (int)batch.Length), RandomAccess.GetLength(file));
    }

    private void Add(StatEntry entry)
    {
        Apply(entry);
        unwritten.Enqueue(entry);
    }

    private void Apply(StatEntry entry)
    {
        if (entry.State is null)
            entries.TryRemove(entry.Name, out _);
        else
            entries[entry.Name] = entry;
    }

    private void Rewrite()
    {
        var content = new MemoryStream();
        foreach (var entry in entries.Values.Where(e => !Path.IsPathRooted(e.Name) || File.Exists(e.Name)))
            entry.WriteTo(content);
        AtomicFile.Write(path, content.GetBuffer().AsSpan(0, (int)content.Length), newTempPath());
    }
}
