using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fairlead.Testing;

/// <summary>
/// The one folder that holds every temporary folder of a test process and of the programs that it starts. It goes with the process;
/// what a killed process left goes at the next start of any test process.
/// </summary>
internal static class TempRoot
{
    private const string Prefix = "fairlead-tests-";
    private const string LockName = "lock";
    private const string Variable = "TMPDIR";
    private static FileStream? alive;

    /// <summary>Before any test: whatever asks for the temporary folder, here or in a child, gets this one.</summary>
    [ModuleInitializer]
    internal static void Open()
    {
        var parent = Path.GetTempPath();
        foreach (var left in Directory.EnumerateDirectories(parent, Prefix + "*"))
            SweepIfDead(left);
        var root = Directory.CreateTempSubdirectory(Prefix).FullName;
        // Held before it has the name that others look for: a folder without it is never swept.
        var held = Path.Combine(root, LockName + ".new");
        alive = new FileStream(held, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Move(held, Path.Combine(root, LockName));
        Environment.SetEnvironmentVariable(Variable, root);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(root);
    }

    /// <summary>Removes what a process left that lives no more; true when it did.</summary>
    internal static bool SweepIfDead(string folder)
    {
        var name = Path.Combine(folder, LockName);
        if (!File.Exists(name))
            return false;
        try
        {
            using var dead = new FileStream(name, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Unmount(folder);
            return Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its process lives, another one sweeps it, or it is somebody else's.
            return false;
        }
    }

    private static bool Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program that a test killed may still be ending in it: the next start removes the rest.
            return false;
        }
    }

    /// <summary>A killed test could not take its small file systems down.</summary>
    private static void Unmount(string folder)
    {
        foreach (var line in File.ReadLines("/proc/self/mounts"))
        {
            var mount = line.Split(' ')[1];
            if (!mount.StartsWith(folder + "/", StringComparison.Ordinal))
                continue;
            using var process = Process.Start(new ProcessStartInfo("umount", ["--lazy", mount]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
        }
    }
}
