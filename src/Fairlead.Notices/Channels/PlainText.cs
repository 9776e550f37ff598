using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.Notices.Channels;

/// <summary>Values as channels may show them: what somebody put into a comment or a commit must not become markup, a mention or a line of a protocol.</summary>
internal static partial class PlainText
{
    private const char ZeroWidthSpace = '\u200B';
    private const string MarkdownMarks = @"\`*_{}[]()#+-.!|~<>";

    /// <summary>Without control characters; line ends stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            clean.Append(rune.Value == '\n' || !Rune.IsControl(rune) ? rune.ToString() : " ");
        return clean.ToString();
    }

    public static string OneLine(string text) => Clean(text).Replace('\n', ' ').Trim();

    /// <summary>For Slack and its likes: no links, no mentions of everybody.</summary>
    public static string Slack(string text) =>
        Mention().Replace(Clean(text), match => $"@{ZeroWidthSpace}{match.Groups[1].Value}").Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>For Adaptive Cards, which read Markdown.</summary>
    public static string Markdown(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var c in Clean(text))
        {
            if (MarkdownMarks.Contains(c, StringComparison.Ordinal))
                written.Append('\\');
            written.Append(c);
        }

        return written.ToString();
    }

    /// <summary>At most so many characters, with an ellipsis where something is left out.</summary>
    public static string Short(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + '…';
    }

    [GeneratedRegex("@(channel|here|all|everyone|group)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Mention();
}
