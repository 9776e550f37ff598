using System.Collections.Concurrent;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Workspace;

/// <summary>
/// The store, in which a folder that was put before and looks as it did is not read again: a look at each of its files tells. That the store still
/// holds what was put is not looked at until somebody needs it: <see cref="EnsureAsync"/>.
/// </summary>
internal sealed class RememberingStore(IArtifactStore store, TimeProvider time) : IArtifactStore
{
    private const int MostFolders = 64;
    private const int MostPaths = 400_000;

    private readonly ConcurrentDictionary<string, (ArtifactRef Artifact, WatchedPaths Watched)> known = new(StringComparer.Ordinal);

    public async Task<ArtifactRef> PutAsync(string path, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
            return await store.PutAsync(path, cancellationToken);
        if (known.TryGetValue(path, out var before) && before.Watched.AreUnchanged())
            return before.Artifact;
        known.TryRemove(path, out _);
        var began = time.GetUtcNow();
        var artifact = await store.PutAsync(path, cancellationToken);
        if (known.Count >= MostFolders)
            known.Clear();
        if (Watch(path, began) is { IsRacy: false } watched)
            known[path] = (artifact, watched);
        return artifact;
    }

    /// <summary>Puts what is remembered and not in the store any more into it again.</summary>
    public async Task EnsureAsync(IEnumerable<RunInput> inputs, CancellationToken cancellationToken)
    {
        foreach (var input in inputs.Where(input => input.Run is null))
        {
            var path = known.FirstOrDefault(pair => pair.Value.Artifact == input.Artifact).Key;
            if (path is not null && !store.Contains(input.Artifact))
                await store.PutAsync(path, cancellationToken);
        }
    }

    public Task<ArtifactRef> PutTreeAsync(string root, IReadOnlyCollection<string> relativePaths, CancellationToken cancellationToken) =>
        store.PutTreeAsync(root, relativePaths, cancellationToken);

    public Task<ArtifactRef> PutBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => store.PutBytesAsync(content, cancellationToken);

    public bool Contains(ArtifactRef artifact) => store.Contains(artifact);

    public string PathOf(Digest blob) => store.PathOf(blob);

    public Task<byte[]> ReadAsync(Digest blob, CancellationToken cancellationToken) => store.ReadAsync(blob, cancellationToken);

    public Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(Digest tree, CancellationToken cancellationToken) => store.ReadTreeAsync(tree, cancellationToken);

    public Task MaterializeAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken) => store.MaterializeAsync(artifact, path, cancellationToken);

    public Task NameAsync(string name, ArtifactRef artifact, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken) =>
        store.NameAsync(name, artifact, annotations, cancellationToken);

    public Task<IReadOnlyList<Digest>> FindDamagedAsync(CancellationToken cancellationToken) => store.FindDamagedAsync(cancellationToken);

    /// <summary>The folder with everything below it; null when that is too much, or a link in it leads to another folder, whose files are not seen here.</summary>
    private static WatchedPaths? Watch(string folder, DateTimeOffset began)
    {
        var paths = new List<string> { folder };
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (paths.Count >= MostPaths || (entry is DirectoryInfo && (entry.Attributes & FileAttributes.ReparsePoint) != 0))
                return null;
            paths.Add(entry.FullName);
        }

        return WatchedPaths.Take(paths, began);
    }
}
