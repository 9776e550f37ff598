namespace Fairlead.Monitoring.Experiments.Design;

/// <summary>Looks at an SQL expression outside of its parentheses, quotes and comments.</summary>
internal static class TopLevelText
{
    /// <summary>Copies the expression with everything in parentheses, quotes and comments as blanks, at the same places. Null when a parenthesis or a quote is not closed.</summary>
    public static string? Mask(string expression)
    {
        var mask = expression.ToCharArray();
        var depth = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (EndOfQuoted(expression, i) is not { } end)
            {
                depth += mask[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
                if (depth < 0)
                    return null;
                // The parentheses themselves stay where they open and close the top level.
                if (depth > 1 || (depth == 1 && mask[i] is not ('(' or '[' or '{')))
                    mask[i] = ' ';
                continue;
            }

            if (end >= mask.Length)
                return null;
            mask.AsSpan(i, end - i + 1).Fill(' ');
            i = end;
        }

        return depth == 0 ? new string(mask) : null;
    }

    /// <summary>The place of the last character of the quoted text or comment that begins there; the length when it does not end; null when none begins.</summary>
    private static int? EndOfQuoted(string text, int start)
    {
        switch (text[start])
        {
            case '\'' or '"':
                var close = text.IndexOf(text[start], start + 1);
                return close < 0 ? text.Length : close;
            case '-' when text.AsSpan(start).StartsWith("--"):
                var line = text.IndexOf('\n', start);
                return line < 0 ? text.Length - 1 : line;
            case '/' when text.AsSpan(start).StartsWith("/*"):
                var end = text.IndexOf("*/", start + 2, StringComparison.Ordinal);
                return end < 0 ? text.Length : end + 1;
            default:
                return null;
        }
    }
}
