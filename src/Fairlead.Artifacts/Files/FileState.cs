using System.Runtime.InteropServices;

namespace Fairlead.Artifacts.Files;

/// <summary>What the file system says of a file, symbolic links followed.</summary>
/// <param name="Executable">The owner's bit.</param>
/// <param name="ModifiedAt">Nanoseconds since 1970-01-01 UTC.</param>
/// <param name="ChangedAt">Time of the last change of content, mode or number of links, in nanoseconds; 0 where the platform does not tell.</param>
/// <param name="Inode">0 where the platform does not tell.</param>
internal readonly record struct FileState(
    FileKind Kind, bool Executable, long Size, long ModifiedAt, long ChangedAt, ulong Inode, ulong Device)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Null when there is nothing at the path.</summary>
    public static FileState? Of(string path) => OperatingSystem.IsLinux() ? OfLinux(path) : OfFramework(path);

    /// <summary>True when nobody has written to the file between the two states. A new or removed hard link is no write.</summary>
    public bool HasSameContentAs(FileState other) =>
        Size == other.Size && ModifiedAt == other.ModifiedAt && Inode == other.Inode && Device == other.Device;

    private static FileState? OfLinux(string path)
    {
        if (Posix.Stat(Posix.CurrentFolder, path, 0, Posix.BasicStats, out var stat) != 0)
        {
            return Marshal.GetLastPInvokeError() is Posix.NoEntry or Posix.NotAFolder ? null : throw Posix.LastFailure($"cannot look at '{path}'");
        }

        return new FileState(
            (stat.Mode & 0xF000) switch { 0x8000 => FileKind.Regular, 0x4000 => FileKind.Folder, _ => FileKind.Other },
            (stat.Mode & 0x40) != 0,
            (long)stat.Size,
            (stat.ModifiedSeconds * NanosecondsPerSecond) + stat.ModifiedNanoseconds,
            (stat.ChangedSeconds * NanosecondsPerSecond) + stat.ChangedNanoseconds,
            stat.Inode,
            ((ulong)stat.DeviceMajor << 32) | stat.DeviceMinor);
    }

    private static FileState? OfFramework(string path)
    {
        if (Directory.Exists(path))
            return new FileState(FileKind.Folder, true, 0, 0, 0, 0, 0);
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        var executable = !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0;
        var modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileState(FileKind.Regular, executable, file.Length, modified, 0, 0, 0);
    }
}
