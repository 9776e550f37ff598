namespace Fairlead.ProjectFile.Reading;

/// <summary>Values of the file as messages show them: one line, of bounded length.</summary>
internal static class Quoted
{
    private const int MaxLength = 80;
    private const int LongestLine = 1_500;

    public static string Text(string value, int maxLength = MaxLength)
    {
        var shown = value.Length > maxLength ? string.Concat(value.AsSpan(0, maxLength), "…") : value;
        return shown.Any(IsUnprintable) ? string.Concat(shown.Select(c => IsUnprintable(c) ? $"\\u{(int)c:x4}" : c.ToString())) : shown;
    }

    /// <summary>Another program's sentence for use within one of ours: first letter lower-case, no full stop.</summary>
    public static string Sentence(string text)
    {
        var trimmed = Text(text.Trim().TrimEnd('.'), 200);
        return trimmed.Length == 0 ? "no reason given" : char.ToLowerInvariant(trimmed[0]) + trimmed[1..];
    }

    /// <summary>A whole message, whatever names of the file it holds: in one line, of any length that a problem may have.</summary>
    public static string Line(string message)
    {
        var shown = message.Length > LongestLine ? string.Concat(message.AsSpan(0, LongestLine), "…") : message;
        return shown.Any(BreaksLine) ? string.Concat(shown.Select(c => BreaksLine(c) ? $"\\u{(int)c:x4}" : c.ToString())) : shown;
    }

    private static bool BreaksLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static bool IsUnprintable(char c) => BreaksLine(c) || char.IsSurrogate(c);
}
