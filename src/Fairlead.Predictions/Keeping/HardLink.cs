using System.Runtime.InteropServices;

namespace Fairlead.Predictions.Keeping;

/// <summary>Gives a file a second name.</summary>
internal static partial class HardLink
{
    /// <summary>Where the file system knows no second names, the file is copied.</summary>
    /// <exception cref="IOException">The disk is full, or another error of the file system.</exception>
    public static void Create(string existing, string path)
    {
        if (OperatingSystem.IsWindows() || Link(existing, path) != 0)
            Copy(existing, path);
    }

    private static void Copy(string existing, string path)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}{Compaction.ParquetFile.TemporarySuffix}");
        File.Copy(existing, temporary, overwrite: true);
        File.Move(temporary, path, overwrite: true);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);
}
