using System.Collections.Concurrent;
using System.IO.Enumeration;
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

    // Renewing on each use would write as often as others read; whatever removes blobs leaves those alone that are younger than a multiple of this.
    private static readonly long RenewalNanoseconds = TimeSpan.FromMinutes(5).Ticks * TimeSpan.NanosecondsPerTick;

    private const int FlushesAtOnce = 8;
    private const int ManyFiles = 64;

    private HashSet<long>? sizes;

    public string PathOf(Digest digest) => Path.Combine(folder, digest.Hex);

    /// <summary>True when the blob is there with that size; who asks counts on it from now on.</summary>
    public bool Has(Digest digest, long size) => FileState.Of(PathOf(digest)) is { Kind: FileKind.Regular } state && state.Size == size && Use(digest, state);

    /// <summary>The size of a blob, or NotFound; who asks counts on it from now on.</summary>
    public long SizeOf(Digest digest) => FileState.Of(PathOf(digest)) is { } state && Use(digest, state) ? state.Size : throw Missing(digest);

    /// <summary>True when the store is known to hold a blob of that size: then what is being put is likely that blob.</summary>
    public bool HasSize(long size)
    {
        var known = Volatile.Read(ref sizes);
        if (known is null)
        {
            known = stats.BlobSizes();
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
            return Use(digest, now);
        return Verify(digest, cancellationToken) && Use(digest, now);
    }

    /// <summary>Reads the blob, and remembers what it looked like if its bytes match.</summary>
    public bool Verify(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        if (FileState.Of(path) is not { } before)
            return false;
        try
        {
            if (FileHash.Of(path, cancellationToken) == digest)
            {
                stats.RecordBlob(digest, before);
                return true;
            }
        }
        catch (FileNotFoundException)
        {
            // It went in this moment, because nothing needed it.
        }

        stats.ForgetBlob(digest);
        return false;
    }

    /// <summary>
    /// Makes staged bytes part of the store: flushed first, then renamed, then the folder flushed. A few files are flushed side by side,
    /// because the file system commits them together; of many, all that is unwritten on the file system is flushed at once.
    /// </summary>
    public void Publish(IReadOnlyCollection<StagedBlob> staged, CancellationToken cancellationToken)
    {
        if (staged.Count == 0)
            return;
        var lacking = new ConcurrentBag<StagedBlob>();
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = FlushesAtOnce };
        Parallel.ForEach(staged.DistinctBy(s => s.Digest), options, blob =>
        {
            if (File.Exists(PathOf(blob.Digest)))
            {
                if (IsIntact(blob.Digest, cancellationToken))
                    return;
                Log.DamagedBlobReplaced(logger, blob.Digest);
            }

            lacking.Add(blob);
        });
        var isFlushed = lacking.Count > ManyFiles && FolderFlush.TryFlushFileSystem(folder);
        Parallel.ForEach(lacking, options, blob => DiskFull.Guard(blob.Path, blob.Size, _ => Publish(blob, isFlushed)));
        FolderFlush.Flush(folder);
    }

    public IEnumerable<Digest> Enumerate() => Names().Select(name => name.ToDigest());

    /// <summary>All blobs that are there now.</summary>
    public IEnumerable<StoredBlob> ListAll()
    {
        foreach (var name in Names())
        {
            if (FileUse.Of(PathOf(name.ToDigest())) is { } use)
                yield return new StoredBlob(name, use.Size, use.ChangedAt);
        }
    }

    /// <summary>Removes a blob, unless somebody has counted on it since it was listed.</summary>
    /// <param name="grave">A free path on the same file system.</param>
    public bool TryRemove(StoredBlob blob, string grave)
    {
        var digest = blob.Name.ToDigest();
        var path = PathOf(digest);
        if (FileUse.Of(path) is not { } before || before.ChangedAt != blob.ChangedAt)
            return false;
        try
        {
            // Aside first: who renews the blob in this very moment either is seen below or finds it gone, and writes it again.
            File.Move(path, grave, overwrite: false);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        if (FileUse.Of(grave) is { } after && after.ReadAt > before.ReadAt)
        {
            File.Move(grave, path, overwrite: true);
            return false;
        }

        File.Delete(grave);
        stats.ForgetBlob(digest);
        return true;
    }

    /// <summary>Takes a blob whose bytes do not match out of the store.</summary>
    /// <param name="target">A free path on the same file system.</param>
    public void SetAside(Digest digest, string target)
    {
        File.Move(PathOf(digest), target, overwrite: true);
        stats.ForgetBlob(digest);
    }

    public FairleadException Missing(Digest digest) =>
        FairleadException.NotFound($"The store '{folder}' holds no blob '{digest}'; put the file again, or run the step that made it.");

    public FairleadException Damaged(Digest digest) =>
        FairleadException.Damaged(
            $"The blob '{digest}' was altered on disk ('{PathOf(digest)}'); run 'fairlead fsck' to see all that is damaged, then put the original file back or run the step that made it again.");

    private IEnumerable<BlobName> Names()
    {
        var names = new FileSystemEnumerable<BlobName>(folder, (ref FileSystemEntry entry) => BlobName.TryParse(entry.FileName, out var name) ? name : default)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => BlobName.TryParse(entry.FileName, out _),
        };
        return names;
    }

    /// <summary>Remembers that somebody counts on the blob. False when it is gone meanwhile.</summary>
    private bool Use(Digest digest, FileState state)
    {
        var now = (stats.Now() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        if (now - state.ChangedAt < RenewalNanoseconds)
            return true;
        var path = PathOf(digest);
        if (!FileUse.Renew(path))
            return false;
        // The new change time is our own, and no reason to read the blob again.
        if (stats.FindBlob(digest) is { } then && then.ChangedAt == state.ChangedAt && then.HasSameContentAs(state)
            && FileState.Of(path) is { } renewed && renewed.HasSameContentAs(state))
            stats.RecordBlob(digest, renewed);
        return true;
    }

    private bool Publish(StagedBlob blob, bool isFlushed)
    {
        if (!isFlushed || !blob.IsReadOnly)
        {
            using var file = File.OpenHandle(blob.Path, FileMode.Open, blob.IsReadOnly ? FileAccess.Read : FileAccess.ReadWrite);
            if (!isFlushed)
                FileCopy.Flush(file);
            if (!blob.IsReadOnly && !OperatingSystem.IsWindows())
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
