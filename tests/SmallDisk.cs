using System.Diagnostics;

namespace Fairlead.Testing;

/// <summary>A file system of its own with little space.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Skips the test where file systems cannot be mounted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0)
            return new SmallDisk(folder);
        Directory.Delete(folder);
        Assert.Skip("a tmpfs cannot be mounted here: that needs root");
        return null!;
    }

    /// <summary>Takes all the space that is left, but for so many bytes.</summary>
    public void Fill(long leave = 0)
    {
        if (leave > 0)
        {
            File.WriteAllBytes(Filler, new byte[new DriveInfo(Folder).AvailableFreeSpace - leave]);
            return;
        }

        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        // A child that another test just forked holds the files of this process until it executes its program, and the mount with them.
        Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private string Filler => Path.Combine(Folder, "filler");

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
