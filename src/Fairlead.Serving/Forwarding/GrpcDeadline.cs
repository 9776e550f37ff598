using System.Globalization;

namespace Fairlead.Serving.Forwarding;

/// <summary>Reads the <c>grpc-timeout</c> header.</summary>
internal static class GrpcDeadline
{
    private const int MostDigits = 8;

    /// <summary>Longer ones are as good as none, and more than timers take.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <returns>Null when there is none, or none that can be read.</returns>
    public static TimeSpan? Parse(ReadOnlySpan<char> header)
    {
        if (header.Length is < 2 or > MostDigits + 1 || !long.TryParse(header[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        double? seconds = header[^1] switch
        {
            'H' => number * 3600.0,
            'M' => number * 60.0,
            'S' => number,
            'm' => number / 1e3,
            'u' => number / 1e6,
            'n' => number / 1e9,
            _ => null,
        };
        return seconds is null || seconds > Longest.TotalSeconds ? null : TimeSpan.FromSeconds(seconds.Value);
    }
}
