namespace Fairlead.Artifacts.Files;

/// <summary>
/// Where one process writes what is not in the store yet. It holds a lock for as long as it lives, so that another one
/// can tell a folder in use from what a killed process left.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private const string LockName = "lock";
    private readonly string path;
    private readonly FileLock alive;

    private TempFolder(string path, FileLock alive)
    {
        this.path = path;
        this.alive = alive;
    }

    /// <summary>Sweeps what dead processes left and makes a new folder. The caller holds the store's lock.</summary>
    /// <param name="parent">Holds one folder per process.</param>
    /// <param name="swept">How many files were left by dead processes.</param>
    public static TempFolder Create(string parent, out int swept)
    {
        Directory.CreateDirectory(parent);
        swept = Directory.EnumerateDirectories(parent).Sum(Sweep);
        var path = Path.Combine(parent, Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(path);
        return new TempFolder(path, FileLock.Take(Path.Combine(path, LockName)));
    }

    public string NewPath() => Path.Combine(path, Guid.CreateVersion7().ToString("N"));

    public void Dispose()
    {
        Directory.Delete(path, recursive: true);
        alive.Dispose();
    }

    private static int Sweep(string folder)
    {
        using var dead = FileLock.TryTake(Path.Combine(folder, LockName));
        if (dead is null)
            return 0;
        var files = Directory.EnumerateFiles(folder).Count() - 1;
        Directory.Delete(folder, recursive: true);
        return files;
    }
}
