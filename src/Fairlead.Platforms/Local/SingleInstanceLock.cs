using Fairlead.Domain.Problems;

namespace Fairlead.Platforms.Local;

/// <summary>
/// Keeps a second process out of a folder: a file that is locked as long as its holder lives, however it ends; the file NAME.holder beside it says who the holder is.
/// The file stays when the lock is released, since removing it would let two holders lock two files of one name.
/// </summary>
public sealed class SingleInstanceLock : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(20);
    private readonly FileStream stream;
    private readonly string path;

    private SingleInstanceLock(FileStream stream, string path)
    {
        this.stream = stream;
        this.path = path;
    }

    /// <param name="path">Of the lock file; its folder is made when it is not there.</param>
    /// <param name="holder">Who holds the lock, for others' messages: "process 4711, http://localhost:7070".</param>
    /// <exception cref="FairleadException">Conflict: another process holds it; the message says which.</exception>
    public static async Task<SingleInstanceLock> AcquireAsync(string path, string holder, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (TryOpen(path) is { } stream)
            {
                var acquired = new SingleInstanceLock(stream, path);
                acquired.Describe(holder);
                return acquired;
            }

            // Who merely asks for the holder has the lock for a moment, too.
            await Task.Delay(AttemptInterval, time, cancellationToken).ConfigureAwait(false);
        }

        throw FairleadException.Conflict($"'{folder}' is in use by '{ReadHolder(path)}'; stop that one first by 'fairlead down'.");
    }

    /// <summary>Who holds the lock now, or null when it is free.</summary>
    public static string? HolderOf(string path)
    {
        if (!File.Exists(path))
            return null;
        using var stream = TryOpen(path);
        return stream is null ? ReadHolder(path) : null;
    }

    /// <summary>Says anew who holds the lock, such as when the port is known.</summary>
    public void Describe(string holder)
    {
        var temporary = HolderFile(path) + ".tmp";
        File.WriteAllText(temporary, holder);
        File.Move(temporary, HolderFile(path), overwrite: true);
    }

    public void Dispose() => stream.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static string ReadHolder(string path)
    {
        try
        {
            return File.ReadAllText(HolderFile(path));
        }
        catch (FileNotFoundException)
        {
            return "another process";
        }
    }

    // A file of its own, since .NET opens a locked file for nobody else, not even to read it.
    private static string HolderFile(string path) => path + ".holder";
}
