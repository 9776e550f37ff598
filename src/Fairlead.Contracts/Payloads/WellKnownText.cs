using System.Text;

namespace Fairlead.Contracts.Payloads;

/// <summary>The well-known types that JSON shows as text; null for what the form cannot say.</summary>
internal static class WellKnownText
{
    // 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private const long LongestDuration = 315_576_000_000;
    private const int NanosPerSecond = 1_000_000_000;

    public static string? Timestamp(long seconds, int nanos) =>
        seconds is >= FirstSecond and <= LastSecond && nanos is >= 0 and < NanosPerSecond
            ? $"{DateTime.UnixEpoch.AddSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss}{Fraction(nanos)}Z"
            : null;

    public static string? Duration(long seconds, int nanos)
    {
        var isValid = seconds is >= -LongestDuration and <= LongestDuration && nanos is > -NanosPerSecond and < NanosPerSecond
            && Math.Sign(seconds) * Math.Sign(nanos) >= 0;
        return isValid ? $"{(seconds < 0 || nanos < 0 ? "-" : "")}{Math.Abs(seconds)}{Fraction(Math.Abs(nanos))}s" : null;
    }

    /// <summary>Paths in camel case, with commas between them; only what can be turned back.</summary>
    public static string? FieldMask(IEnumerable<string> paths)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            if (text.Length > 0)
                text.Append(',');
            if (path.Length == 0 || !TryAppendCamelCase(text, path))
                return null;
        }

        return text.ToString();
    }

    private static bool TryAppendCamelCase(StringBuilder text, string path)
    {
        var isAfterUnderscore = false;
        foreach (var character in path)
        {
            if (char.IsAsciiLetterUpper(character) || character == ',' || (isAfterUnderscore && !char.IsAsciiLetterLower(character)))
                return false;
            if (character != '_')
                text.Append(isAfterUnderscore ? char.ToUpperInvariant(character) : character);
            isAfterUnderscore = character == '_';
        }

        return !isAfterUnderscore;
    }

    /// <summary>None, three, six or nine digits.</summary>
    private static string Fraction(int nanos) => nanos switch
    {
        0 => "",
        _ when nanos % 1_000_000 == 0 => $".{nanos / 1_000_000:000}",
        _ when nanos % 1_000 == 0 => $".{nanos / 1_000:000000}",
        _ => $".{nanos:000000000}",
    };
}
