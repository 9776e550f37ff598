using System.Text;

namespace Fairlead.Architecture.Tests.Source;

/// <summary>Walks through C# text and copies the code alone.</summary>
internal sealed class CSharpScanner(string text)
{
    private int position;

    /// <param name="closing">Stops before this character at the outermost level, as at the end of a hole of an interpolated string.</param>
    public void CopyCode(StringBuilder code, char closing = '\0')
    {
        var depth = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (depth == 0 && c == closing)
                return;
            if (At("//"))
                SkipTo("\n", keepEnd: true);
            else if (At("/*"))
                SkipTo("*/", keepEnd: false);
            else if (c == '\'')
                SkipCharacter();
            else if (StringStart() is { } prefix)
                SkipString(code, prefix);
            else
            {
                depth += c is '{' ? 1 : c is '}' ? -1 : 0;
                code.Append(c);
                position++;
            }
        }
    }

    private bool At(string token) => string.CompareOrdinal(text, position, token, 0, token.Length) == 0;

    private void SkipTo(string end, bool keepEnd)
    {
        var found = text.IndexOf(end, position + 1, StringComparison.Ordinal);
        position = found < 0 ? text.Length : keepEnd ? found : found + end.Length;
    }

    private void SkipCharacter()
    {
        position++;
        while (position < text.Length && text[position] is not ('\'' or '\n'))
            position += text[position] == '\\' ? 2 : 1;
        position++;
    }

    /// <summary>The '$' and '@' before a quote, when a string begins here.</summary>
    private string? StringStart()
    {
        var end = position;
        while (end < text.Length && text[end] is '$' or '@')
            end++;
        return end < text.Length && text[end] == '"' ? text[position..end] : null;
    }

    private void SkipString(StringBuilder code, string prefix)
    {
        position += prefix.Length;
        var quotes = 0;
        while (position + quotes < text.Length && text[position + quotes] == '"')
            quotes++;
        code.Append("\"\"");
        if (quotes >= 3)
            SkipRaw(quotes);
        else if (quotes == 2)
            position += 2;
        else
            SkipQuoted(code, isVerbatim: prefix.Contains('@'), hasHoles: prefix.Contains('$'));
    }

    private void SkipRaw(int quotes)
    {
        var end = text.IndexOf(new string('"', quotes), position + quotes, StringComparison.Ordinal);
        position = end < 0 ? text.Length : end + quotes;
    }

    private void SkipQuoted(StringBuilder code, bool isVerbatim, bool hasHoles)
    {
        position++;
        while (position < text.Length)
        {
            var c = text[position];
            if (c == '"' && !(isVerbatim && At("\"\"")))
            {
                position++;
                return;
            }

            if ((c == '"' && isVerbatim) || (c == '\\' && !isVerbatim) || (hasHoles && (At("{{") || At("}}"))))
                position += 2;
            else if (hasHoles && c == '{')
                CopyHole(code);
            else
                position++;
        }
    }

    /// <summary>The code within an interpolated string; put in brackets so that it never counts as a declaration.</summary>
    private void CopyHole(StringBuilder code)
    {
        position++;
        code.Append('(');
        CopyCode(code, '}');
        code.Append(')');
        position++;
    }
}
