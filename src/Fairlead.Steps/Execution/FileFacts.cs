using System.Runtime.InteropServices;

namespace Fairlead.Steps.Execution;

/// <summary>What a file is, without following a link to it.</summary>
internal readonly record struct FileFacts(ushort Mode, long Size, long AllocatedBytes)
{
    private const int KindMask = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;
    private const int Link = 0xA000;

    public bool IsFolder => (Mode & KindMask) == Folder;

    public bool IsRegular => (Mode & KindMask) == Regular;

    public bool IsLink => (Mode & KindMask) == Link;

    /// <summary>For people.</summary>
    public string Kind => (Mode & KindMask) switch
    {
        Folder => "folder",
        Regular => "file",
        Link => "symbolic link",
        0x1000 => "named pipe",
        0xC000 => "socket",
        _ => "device",
    };

    /// <summary>Null when there is nothing.</summary>
    public static unsafe FileFacts? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Portable(path);
        var buffer = stackalloc byte[Libc.StatSize];
        if (Libc.Stat(Libc.CurrentFolder, path, Libc.WithoutFollowing, Libc.BasicFacts, buffer) != 0)
            return null;
        // struct statx: mode at 28, size at 40, blocks of 512 bytes at 48.
        return new FileFacts(*(ushort*)(buffer + 28), *(long*)(buffer + 40), *(long*)(buffer + 48) * 512);
    }

    private static FileFacts? Portable(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
            return new FileFacts(Link, 0, 0);
        if (Directory.Exists(path))
            return new FileFacts(Folder, 0, 0);
        return info.Exists ? new FileFacts(Regular, info.Length, info.Length) : null;
    }
}
