namespace Fairlead.CommandLine;

/// <summary>
/// A temporary folder outside of any project that goes with its process. It holds a lock for as long as the process lives, so that the
/// next one of its kind can tell a folder in use from what a killed process left, and removes the latter.
/// </summary>
internal sealed class OwnedTempFolder : IDisposable
{
    private const string LockName = ".lock";
    private readonly DirectoryInfo folder;
    private readonly FileStream alive;

    private OwnedTempFolder(DirectoryInfo folder, FileStream alive)
    {
        this.folder = folder;
        this.alive = alive;
    }

    public string Path => folder.FullName;

    /// <param name="kind">What the folder is for; ends with a dash. Folders of this kind whose process is dead are removed.</param>
    public static OwnedTempFolder Create(string kind)
    {
        foreach (var left in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), kind + "*"))
            SweepIfDead(left);
        var folder = Directory.CreateTempSubdirectory(kind);
        // Locked before it has the name that others look for: a folder without it is never swept.
        var fresh = System.IO.Path.Combine(folder.FullName, LockName + ".new");
        var alive = new FileStream(fresh, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Move(fresh, System.IO.Path.Combine(folder.FullName, LockName));
        return new OwnedTempFolder(folder, alive);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        alive.Dispose();
    }

    private static void SweepIfDead(string folder)
    {
        var name = System.IO.Path.Combine(folder, LockName);
        if (!File.Exists(name))
            return;
        try
        {
            using var dead = new FileStream(name, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its process lives, another one sweeps it, or it is somebody else's.
        }
    }
}
