using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Microsoft.Win32.SafeHandles;

namespace Fairlead.Artifacts;

/// <summary>
/// Makes stored bytes appear as files. Shared extents where the file system has them. Else a file below 1 MiB is copied and checked
/// on the way: that costs no more than a link and keeps the store safe from a step that runs as root, whom modes do not stop.
/// A larger one is a hard link to the read-only blob; who writes through it changes the blob's times, and the next use re-hashes it.
/// An executable is always copied, since a link would share the blob's mode.
/// </summary>
internal sealed class Materializer(BlobFolder blobs)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = ReadOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes beside the target and renames, so that it appears whole or not at all.</summary>
    public void Appear(string path, Action<string> write)
    {
        if (FileState.Of(path) is not null)
            throw FairleadException.Conflict($"'{path}' exists, and stored files only appear at free paths; remove it or choose another path.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temp = $"{path}.{Guid.CreateVersion7():N}";
        try
        {
            write(temp);
            if (Directory.Exists(temp))
                Directory.Move(temp, path);
            else
                File.Move(temp, path, overwrite: false);
        }
        catch
        {
            if (Directory.Exists(temp))
                Directory.Delete(temp, recursive: true);
            else
                File.Delete(temp);
            throw;
        }
    }

    public void WriteTree(string folder, IReadOnlyList<TreeEntry> entries, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var parent in entries.Select(e => Path.GetDirectoryName(e.Path)!).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal))
            Directory.CreateDirectory(Path.Combine(folder, parent));
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(entries, options, entry => WriteFile(Path.Combine(folder, entry.Path), entry.Digest, entry.Size, entry.Executable, cancellationToken));
    }

    public void WriteFile(string path, Digest digest, long size, bool executable, CancellationToken cancellationToken)
    {
        if (blobs.SizeOf(digest) != size)
            throw blobs.Damaged(digest);
        DiskFull.Guard(path, size, target => size <= BlobIngest.SmallFile
            ? WriteSmall(target, digest, executable)
            : WriteLarge(target, digest, executable, cancellationToken));
    }

    private bool WriteSmall(string path, Digest digest, bool executable)
    {
        var content = File.ReadAllBytes(blobs.PathOf(digest));
        if (Digest.Of(content) != digest)
            throw blobs.Damaged(digest);
        using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(target, content, 0);
        SetMode(target, executable);
        return true;
    }

    private bool WriteLarge(string path, Digest digest, bool executable, CancellationToken cancellationToken)
    {
        if (!blobs.IsIntact(digest, cancellationToken))
            throw blobs.Damaged(digest);
        var blob = blobs.PathOf(digest);
        using (var source = File.OpenHandle(blob))
        using (var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            SetMode(target, executable);
            if (FileCopy.TryClone(source, target))
                return true;
            if (executable)
            {
                FileCopy.Copy(source, target, _ => { }, cancellationToken);
                return true;
            }
        }

        File.Delete(path);
        // Another file system, or one without links (or with too many already): a copy.
        return (!OperatingSystem.IsWindows() && Posix.Link(blob, path) == 0) || Copy(blob, path, cancellationToken);
    }

    private static bool Copy(string blob, string path, CancellationToken cancellationToken)
    {
        using var source = File.OpenHandle(blob);
        using var target = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
        FileCopy.Copy(source, target, _ => { }, cancellationToken);
        SetMode(target, executable: false);
        return true;
    }

    private static void SetMode(SafeFileHandle file, bool executable)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, executable ? Executable : ReadOnly);
    }
}
