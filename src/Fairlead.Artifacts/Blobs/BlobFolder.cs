using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts.Blobs;

/// <summary>The folder <c>blobs/sha256</c>: immutable files named by their digest, read-only, durable once visible.</summary>
internal sealed class BlobFolder(string folder, StatIndex stats, ILogger logger)
{
    // Below this a hard link's new change time is reason enough to read the blob again; above, only a new modification time is.
    private const long CheapToHash = 64 << 20;

    private HashSet<long>? sizes;

    public string PathOf(Digest digest) => Path.Combine(folder, digest.Hex);

    public bool Has(Digest digest, long size) => FileState.Of(PathOf(digest)) is { Kind: FileKind.Regular } state && state.Size == size;

    /// <summary>The size of a blob, or NotFound.</summary>
    public long SizeOf(Digest digest) => FileState.Of(PathOf(digest))?.Size ?? throw Missing(digest);

    /// <summary>True when the store holds a blob of that size: then what is being put is likely that blob.</summary>
    public bool HasSize(long size)
    {
        var known = Volatile.Read(ref sizes);
        if (known is null)
        {
            known = [.. Enumerate().Select(d => FileState.Of(PathOf(d))?.Size ?? 0)];
            Volatile.Write(ref sizes, known);
        }

        lock (known)
            return known.Contains(size);
    }

    /// <summary>True when the blob is there and its bytes match: as remembered while it looks the same, else by reading it.</summary>
    public bool IsIntact(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        if (FileState.Of(path) is not { Kind: FileKind.Regular } now)
            return false;
        if (stats.FindBlob(digest) is { } then && then.HasSameContentAs(now) && (then.ChangedAt == now.ChangedAt || now.Size > CheapToHash))
            return true;
        return Verify(digest, cancellationToken);
    }

    /// <summary>Reads the blob, and remembers what it looked like if its bytes match.</summary>
    public bool Verify(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        if (FileState.Of(path) is not { } before)
            return false;
        if (FileHash.Of(path, cancellationToken) != digest)
        {
            stats.ForgetBlob(digest);
            return false;
        }

        stats.RecordBlob(digest, before);
        return true;
    }

    /// <summary>
    /// Makes staged bytes part of the store: flushed first, then renamed, then the folder flushed. The files of a tree are
    /// flushed side by side, because the file system commits them together.
    /// </summary>
    public void Publish(IReadOnlyCollection<StagedBlob> staged, CancellationToken cancellationToken)
    {
        if (staged.Count == 0)
            return;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = 8 };
        Parallel.ForEach(staged.DistinctBy(s => s.Digest), options, blob =>
        {
            if (File.Exists(PathOf(blob.Digest)))
            {
                if (IsIntact(blob.Digest, cancellationToken))
                    return;
                Log.DamagedBlobReplaced(logger, blob.Digest);
            }

            DiskFull.Guard(blob.Path, blob.Size, _ => Publish(blob));
        });
        FolderFlush.Flush(folder);
    }

    public IEnumerable<Digest> Enumerate()
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (Digest.TryParse("sha256:" + Path.GetFileName(path), out var digest))
                yield return digest;
        }
    }

    public FairleadException Missing(Digest digest) =>
        FairleadException.NotFound($"The store '{folder}' holds no blob '{digest}'; put the file again, or run the step that made it.");

    public FairleadException Damaged(Digest digest) =>
        FairleadException.Damaged(
            $"The blob '{digest}' was altered on disk ('{PathOf(digest)}'); run 'fairlead fsck' to see all that is damaged, then put the original file back or run the step that made it again.");

    private bool Publish(StagedBlob blob)
    {
        using (var file = File.OpenHandle(blob.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        var path = PathOf(blob.Digest);
        File.Move(blob.Path, path, overwrite: true);
        if (FileState.Of(path) is { } state)
            stats.RecordBlob(blob.Digest, state);
        if (Volatile.Read(ref sizes) is { } known)
        {
            lock (known)
                known.Add(blob.Size);
        }

        return true;
    }
}
