using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Removes a folder whatever a step did to the modes in it; links are removed, never followed.</summary>
internal static class FolderRemoval
{
    private static readonly EnumerationOptions OwnFolders = new() { RecurseSubdirectories = false, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Removes what can be removed; what cannot is logged, since it harms nothing but the disk.</summary>
    public static void TryRemove(string path, ILogger logger)
    {
        try
        {
            Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.FolderStays(logger, e, path);
        }
    }

    public static void Remove(string path)
    {
        try
        {
            Delete(path);
        }
        catch (UnauthorizedAccessException)
        {
            Unlock(path);
            Delete(path);
        }
    }

    private static void Delete(string path)
    {
        if (!Directory.Exists(path))
            return;
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException) when (!OperatingSystem.IsWindows())
        {
            // A name that is not UTF-8 has no path in .NET, and its folder stays full.
            using var remove = Process.Start(new ProcessStartInfo("rm", ["-rf", "--", path]) { RedirectStandardError = true })!;
            var error = remove.StandardError.ReadToEnd();
            remove.WaitForExit();
            if (remove.ExitCode != 0)
                throw new IOException(error.Trim());
        }
    }

    private static void Unlock(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var child in Directory.EnumerateDirectories(folder, "*", OwnFolders))
            Unlock(child);
    }
}
