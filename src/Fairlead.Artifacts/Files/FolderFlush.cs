namespace Fairlead.Artifacts.Files;

/// <summary>Makes the names in a folder durable: a rename survives a power cut only after this.</summary>
internal static class FolderFlush
{
    /// <summary>Writes everything to the disk that the file system of the folder holds back.</summary>
    /// <returns>False where there is no such call, or it says nothing of failures.</returns>
    public static bool TryFlushFileSystem(string folder)
    {
        // Before Linux 5.8, the call did not tell that a page could not be written.
        if (!OperatingSystem.IsLinux() || !OperatingSystem.IsOSPlatformVersionAtLeast("Linux", 5, 8))
            return false;
        WithFolder(folder, file => Posix.FlushFileSystem(file), "flush the file system of");
        return true;
    }

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS journals names by itself and offers no such call.
        WithFolder(folder, Posix.Flush, "flush");
    }

    private static void WithFolder(string folder, Func<int, int> call, string doing)
    {
        var flags = OperatingSystem.IsLinux() ? Posix.OpenReadOnly | Posix.OpenCloseOnExec : Posix.OpenReadOnly;
        var file = Posix.Open(folder, flags);
        if (file < 0)
            throw Posix.LastFailure($"cannot open the folder '{folder}'");
        try
        {
            if (call(file) != 0)
                throw Posix.LastFailure($"cannot {doing} the folder '{folder}'");
        }
        finally
        {
            _ = Posix.Close(file);
        }
    }
}
