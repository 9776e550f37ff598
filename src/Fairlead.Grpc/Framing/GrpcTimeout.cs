using System.Globalization;

namespace Fairlead.Grpc.Framing;

/// <summary>The <c>grpc-timeout</c> header: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;
    private const long MaxNumber = 99_999_999;

    /// <summary>Longer ones are cut to it: timers take no more, and nobody waits three weeks.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <returns>False when the text is no timeout.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MaxDigits + 1 || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        double? ticks = text[^1] switch
        {
            'H' => (double)number * TimeSpan.TicksPerHour,
            'M' => (double)number * TimeSpan.TicksPerMinute,
            'S' => (double)number * TimeSpan.TicksPerSecond,
            'm' => (double)number * TimeSpan.TicksPerMillisecond,
            'u' => (double)number * TimeSpan.TicksPerMicrosecond,
            'n' => (double)number / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        if (ticks is not { } known)
            return false;
        timeout = known >= Longest.Ticks ? Longest : new TimeSpan((long)known);
        return true;
    }

    /// <summary>The header for a timeout, rounded up where its unit is coarser.</summary>
    public static string Format(TimeSpan timeout)
    {
        var microseconds = (long)Math.Ceiling(Math.Max(0, timeout.TotalMicroseconds));
        if (microseconds <= MaxNumber)
            return $"{microseconds}u";
        var milliseconds = (microseconds + 999) / 1000;
        if (milliseconds <= MaxNumber)
            return $"{milliseconds}m";
        return $"{Math.Min(MaxNumber, (milliseconds + 999) / 1000)}S";
    }
}
