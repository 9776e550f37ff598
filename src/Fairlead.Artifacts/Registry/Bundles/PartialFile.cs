using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>
/// The part of a blob that has arrived. It stays when its process ends, so that the next one goes on from there; of two that fetch the same
/// at once, one gets a file of its own.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string LockSuffix = ".lock";
    private readonly FileLock? held;
    private readonly string? ours;

    private PartialFile(string path, FileLock? held, string? ours) => (Path, this.held, this.ours) = (path, held, ours);

    public string Path { get; }

    public static PartialFile Open(LocalArtifactStore store, Digest digest)
    {
        Directory.CreateDirectory(store.Layout.Partial);
        var path = System.IO.Path.Combine(store.Layout.Partial, digest.Hex);
        if (FileLock.TryTake(LockOf(path)) is { } held)
            return new PartialFile(path, held, null);
        var own = store.NewTempPath();
        return new PartialFile(own, null, own);
    }

    /// <summary>Removes what nobody has gone on with since a time.</summary>
    public static void RemoveOld(string folder, DateTimeOffset before)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => !path.EndsWith(LockSuffix, StringComparison.Ordinal) && File.GetLastWriteTimeUtc(path) < before.UtcDateTime).ToList())
        {
            using var held = FileLock.TryTake(LockOf(path));
            if (held is null)
                continue;
            File.Delete(path);
            File.Delete(LockOf(path));
        }
    }

    private static string LockOf(string path) => path + LockSuffix;

    public void Dispose()
    {
        if (ours is not null)
            File.Delete(ours);
        if (held is not null && !File.Exists(Path))
            File.Delete(LockOf(Path));
        held?.Dispose();
    }
}
