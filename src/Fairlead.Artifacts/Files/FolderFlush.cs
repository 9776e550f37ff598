namespace Fairlead.Artifacts.Files;

/// <summary>Makes the names in a folder durable: a rename survives a power cut only after this.</summary>
internal static class FolderFlush
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return; // NTFS journals names by itself and offers no such call.
        var flags = OperatingSystem.IsLinux() ? Posix.OpenReadOnly | Posix.OpenFolder | Posix.OpenCloseOnExec : Posix.OpenReadOnly;
        var file = Posix.Open(folder, flags);
        if (file < 0)
            throw Posix.LastFailure($"cannot open the folder '{folder}'");
        try
        {
            if (Posix.Flush(file) != 0)
                throw Posix.LastFailure($"cannot flush the folder '{folder}'");
        }
        finally
        {
            _ = Posix.Close(file);
        }
    }
}
