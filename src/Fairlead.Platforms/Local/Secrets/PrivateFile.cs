using Microsoft.Win32.SafeHandles;

namespace Fairlead.Platforms.Local.Secrets;

/// <summary>Files that their owner alone can read, written whole or not at all.</summary>
internal static class PrivateFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        SyncFolder(folder);
    }

    // The runtime flushes no folders, and without that a power cut may undo the renaming.
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using SafeFileHandle handle = NativeMethods.Open(folder, flags: 0);
        if (handle.IsInvalid || NativeMethods.Sync(handle) != 0)
            throw new IOException($"Cannot flush the folder '{folder}'.");
    }
}
