using System.Runtime.InteropServices;

namespace Fairlead.Artifacts.Files;

/// <summary>
/// When a stored file was last of use. Its change time says so, because reading does not move it; and whoever counts on the file
/// renews it by setting the time of reading, which leaves the content and its time alone.
/// </summary>
/// <param name="Size">Bytes.</param>
/// <param name="ChangedAt">Nanoseconds since 1970-01-01 UTC.</param>
/// <param name="ReadAt">Nanoseconds since 1970-01-01 UTC.</param>
internal readonly record struct FileUse(long Size, long ChangedAt, long ReadAt)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Null when there is no regular file.</summary>
    public static FileUse? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            if (Posix.Stat(Posix.CurrentFolder, path, 0, Posix.BasicStats, out var stat) != 0)
                return Marshal.GetLastPInvokeError() is Posix.NoEntry or Posix.NotAFolder ? null : throw Posix.LastFailure($"cannot look at '{path}'");
            return (stat.Mode & 0xF000) != 0x8000 ? null : new FileUse(
                (long)stat.Size,
                (stat.ChangedSeconds * NanosecondsPerSecond) + stat.ChangedNanoseconds,
                (stat.ReadSeconds * NanosecondsPerSecond) + stat.ReadNanoseconds);
        }

        var file = new FileInfo(path);
        return file.Exists ? new FileUse(file.Length, Math.Max(Nanoseconds(file.LastWriteTimeUtc), Nanoseconds(file.LastAccessTimeUtc)), Nanoseconds(file.LastAccessTimeUtc)) : null;
    }

    /// <summary>Makes now the time of the last use.</summary>
    /// <returns>False when there is no such file.</returns>
    public static bool Renew(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            ReadOnlySpan<Posix.FileTime> times = [new(0, Posix.TimeNow), new(0, Posix.TimeAsIs)];
            // Where it is not allowed to, nobody is allowed to remove the file either.
            return Posix.SetTimes(Posix.CurrentFolder, path, times, 0) == 0 || Marshal.GetLastPInvokeError() is not (Posix.NoEntry or Posix.NotAFolder);
        }

        return File.Exists(path);
    }

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
