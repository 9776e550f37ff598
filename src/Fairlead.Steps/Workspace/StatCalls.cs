using System.Runtime.InteropServices;

namespace Fairlead.Steps.Workspace;

/// <summary>Looks at paths as fast as the platform can.</summary>
internal static unsafe partial class StatCalls
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <param name="path">Absolute, as UTF-8 that ends with a zero byte.</param>
    /// <param name="follow">Whether a symbolic link stands for what it leads to.</param>
    public static StatStamp Of(ReadOnlySpan<byte> path, bool follow) =>
        OperatingSystem.IsLinux() ? OfLinux(path, follow) : OfFramework(System.Text.Encoding.UTF8.GetString(path[..^1]), follow);

    private static StatStamp OfLinux(ReadOnlySpan<byte> path, bool follow)
    {
        StatBuffer stat;
        fixed (byte* text = path)
        {
            if (Stat(CurrentFolder, text, follow ? 0 : NoFollow, BasicStats, &stat) != 0)
                return default;
        }

        return new StatStamp(
            (stat.ModifiedSeconds * NanosecondsPerSecond) + stat.ModifiedNanoseconds,
            (stat.ChangedSeconds * NanosecondsPerSecond) + stat.ChangedNanoseconds,
            (long)stat.Size,
            stat.Inode,
            stat.Mode);
    }

    private static StatStamp OfFramework(string path, bool follow)
    {
        FileSystemInfo file = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (follow && file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            file = target;
        if (!file.Exists && file.LinkTarget is null)
            return default;
        var at = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var kind = file.LinkTarget is not null && !follow ? 0xA000u : file is DirectoryInfo ? 0x4000u : 0x8000u;
        var permissions = OperatingSystem.IsWindows() ? 0u : (uint)file.UnixFileMode;
        return new StatStamp(at, at, file is FileInfo { Exists: true } plain ? plain.Length : 0, 0, kind | permissions);
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Stat(int folder, byte* path, int flags, uint mask, StatBuffer* buffer);

    /// <summary>struct statx: the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatBuffer
    {
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(40)] internal ulong Size;
        [FieldOffset(96)] internal long ChangedSeconds;
        [FieldOffset(104)] internal uint ChangedNanoseconds;
        [FieldOffset(112)] internal long ModifiedSeconds;
        [FieldOffset(120)] internal uint ModifiedNanoseconds;
    }
}
