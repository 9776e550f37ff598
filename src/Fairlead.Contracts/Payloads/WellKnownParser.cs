using System.Globalization;
using System.Text;

namespace Fairlead.Contracts.Payloads;

/// <summary>The way back from <see cref="WellKnownText"/>.</summary>
internal static class WellKnownParser
{
    private const int SecondsLength = 19;
    private const int FractionDigits = 9;

    /// <summary>As RFC 3339 has it, with up to nine digits behind the second and any offset.</summary>
    public static bool TryTimestamp(string text, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        if (text.Length <= SecondsLength
            || !DateTime.TryParseExact(text.AsSpan(0, SecondsLength), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return false;
        var rest = text.AsSpan(SecondsLength);
        if (!TryFraction(ref rest, out nanos) || !TryOffset(rest, out var offset))
            return false;
        seconds = ((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        return WellKnownText.Timestamp(seconds, nanos) is not null;
    }

    /// <summary>Seconds with up to nine digits behind them, and an <c>s</c>.</summary>
    public static bool TryDuration(string text, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        if (isNegative)
            rest = rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
            return false;
        rest = rest[digits..];
        if (!TryFraction(ref rest, out nanos) || rest is not "s")
            return false;
        if (isNegative)
            (seconds, nanos) = (-seconds, -nanos);
        return WellKnownText.Duration(seconds, nanos) is not null;
    }

    /// <summary>The paths of a mask, with underscores; null for what no paths are written as.</summary>
    public static IReadOnlyList<string>? FieldMask(string text)
    {
        if (text.Length == 0)
            return [];
        var paths = new List<string>();
        foreach (var path in text.Split(','))
        {
            if (path.Length == 0 || path.Contains('_'))
                return null;
            paths.Add(SnakeCase(path));
        }

        return paths;
    }

    private static string SnakeCase(string path)
    {
        var snake = new StringBuilder();
        foreach (var character in path)
        {
            if (char.IsAsciiLetterUpper(character))
                snake.Append('_').Append(char.ToLowerInvariant(character));
            else
                snake.Append(character);
        }

        return snake.ToString();
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out int nanos)
    {
        nanos = 0;
        if (!rest.StartsWith("."))
            return true;
        rest = rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits is <= 0 or > FractionDigits)
            return false;
        for (var index = 0; index < FractionDigits; index++)
            nanos = (10 * nanos) + (index < digits ? rest[index] - '0' : 0);
        rest = rest[digits..];
        return true;
    }

    /// <param name="seconds">How far the clock is before UTC.</param>
    private static bool TryOffset(ReadOnlySpan<char> text, out long seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 23
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59)
            return false;
        seconds = (text[0] == '-' ? -60 : 60) * ((60 * hours) + minutes);
        return true;
    }
}
