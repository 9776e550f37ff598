using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>The code of command services as folders, one for each digest: whole, read-only, checked before the first use, shared by all instances.</summary>
internal sealed class CodeFolders(string parent, IArtifactStore store, ILogger logger)
{
    /// <summary>Folders that are kept though nobody uses them, so that a rollback finds its own.</summary>
    private const int Kept = 8;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Lock gate = new();
    private readonly Dictionary<Digest, int> users = [];
    private readonly HashSet<Digest> verified = [];

    /// <summary>The folder of a tree, to be paid back by <see cref="Release"/>.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Damaged or NotFound: the tree is not whole in the store.</exception>
    public async Task<string> AcquireAsync(ArtifactRef tree, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var path = Path.Combine(parent, tree.Digest.Hex);
            if (!verified.Contains(tree.Digest))
                await PrepareAsync(tree, path, cancellationToken).ConfigureAwait(false);
            verified.Add(tree.Digest);
            lock (gate)
                users[tree.Digest] = users.GetValueOrDefault(tree.Digest) + 1;
            Sweep();
            return path;
        }
        finally
        {
            one.Release();
        }
    }

    public void Release(Digest digest)
    {
        lock (gate)
        {
            if (--users[digest] == 0)
                users.Remove(digest);
        }
    }

    private async Task PrepareAsync(ArtifactRef tree, string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            if (await IsIntactAsync(tree, path, cancellationToken).ConfigureAwait(false))
                return;
            Log.CodeAltered(logger, path);
            Remove(path);
        }

        await store.MaterializeAsync(tree, path, cancellationToken).ConfigureAwait(false);
        foreach (var folder in Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Append(path))
            SetMode(folder, ReadOnly);
    }

    /// <summary>It holds the tree's files, byte for byte, and none beside them.</summary>
    private async Task<bool> IsIntactAsync(ArtifactRef tree, string path, CancellationToken cancellationToken)
    {
        var entries = await store.ReadTreeAsync(tree.Digest, cancellationToken).ConfigureAwait(false);
        if (Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Count() != entries.Count)
            return false;
        foreach (var entry in entries)
        {
            var file = new FileInfo(Path.Combine(path, entry.Path));
            if (!file.Exists || file.LinkTarget is not null || file.Length != entry.Size)
                return false;
            using var stream = file.OpenRead();
            if (Digest.FromHash(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)) != entry.Digest)
                return false;
        }

        return true;
    }

    /// <summary>Removes what nobody uses but the newest.</summary>
    private void Sweep()
    {
        var unused = new DirectoryInfo(parent).EnumerateDirectories()
            .Where(folder => !IsUsed(folder.Name))
            .OrderByDescending(folder => folder.CreationTimeUtc)
            .Skip(Kept)
            .ToList();
        foreach (var folder in unused)
        {
            try
            {
                verified.RemoveWhere(digest => digest.Hex == folder.Name);
                Remove(folder.FullName);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.FolderStays(logger, folder.FullName, e.Message);
            }
        }
    }

    private bool IsUsed(string hex)
    {
        lock (gate)
            return users.Keys.Any(digest => digest.Hex == hex);
    }

    private static void Remove(string path)
    {
        foreach (var folder in Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Prepend(path).ToList())
            SetMode(folder, ReadOnly | UnixFileMode.UserWrite);
        Directory.Delete(path, recursive: true);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
