using System.Globalization;

namespace Fairlead.Predictions.Log;

/// <summary>File names of segments: <c>20010131T235959123456Z-0123456789abcdef.flog</c>, so that names sort by time.</summary>
internal static class SegmentName
{
    public const string SealedSuffix = ".flog";
    public const string OpenSuffix = ".flog.open";
    public const string SpareSuffix = ".flog.spare";
    public const string DamagedSuffix = ".flog.damaged";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssffffff'Z'";
    private const int TimeLength = 22;

    public static string Of(long timeMicroseconds, ulong id) =>
        $"{DateTimeOffset.UnixEpoch.AddMicroseconds(timeMicroseconds).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{id:x16}";

    /// <summary>The name without folder and suffix: the same before and after sealing.</summary>
    public static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        return name[..name.IndexOf('.', StringComparison.Ordinal)];
    }

    /// <summary>Microseconds since 1970-01-01 UTC of a segment's name, or 0 when the name is not one of ours.</summary>
    public static long TimeOf(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.Length > TimeLength
            && DateTime.TryParseExact(name[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : 0;
    }

    public static bool IsSealed(string path) => path.EndsWith(SealedSuffix, StringComparison.Ordinal);

    public static bool IsOpen(string path) => path.EndsWith(OpenSuffix, StringComparison.Ordinal);

    public static string SealedPath(string openPath) => openPath[..^OpenSuffix.Length] + SealedSuffix;

    public static string DamagedPath(string openPath) => openPath[..^OpenSuffix.Length] + DamagedSuffix;
}
