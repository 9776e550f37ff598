using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.Triggers.Git;

/// <summary>
/// Patterns of names with slashes: <c>*</c> and <c>?</c> for anything but a slash, <c>**</c> for anything, <c>[ab]</c> for one of them. Of those that
/// match, the last one decides; with <c>!</c> in front it means not. Without any that is meant, all names are.
/// </summary>
internal sealed class PatternList
{
    private readonly List<(Regex Pattern, bool IsMeant)> patterns;
    private readonly bool otherwise;

    public PatternList(IReadOnlyList<string> texts)
    {
        patterns = [.. texts.Select(text => text.StartsWith('!') ? (Of(text[1..]), false) : (Of(text), true))];
        otherwise = patterns.TrueForAll(pattern => !pattern.IsMeant);
    }

    public bool IsMatch(string name)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            if (patterns[i].Pattern.IsMatch(name))
                return patterns[i].IsMeant;
        }

        return otherwise;
    }

    private static Regex Of(string text)
    {
        var made = new StringBuilder(@"\A");
        for (var i = 0; i < text.Length; i++)
        {
            var isDouble = i + 1 < text.Length && text[i + 1] == '*';
            if (text[i] == '*' && isDouble && i + 2 < text.Length && text[i + 2] == '/')
            {
                made.Append("(?:.*/)?");
                i += 2;
            }
            else if (text[i] == '*')
            {
                made.Append(isDouble ? ".*" : "[^/]*");
                i += isDouble ? 1 : 0;
            }
            else if (text[i] == '?')
            {
                made.Append("[^/]");
            }
            else if (text[i] == '[' && i + 2 < text.Length && text.IndexOf(']', i + 2) is var end and > 0)
            {
                made.Append('[').Append(text[i + 1] is '!' or '^' ? "^/" : "").Append(Regex.Escape(text[(i + (text[i + 1] is '!' or '^' ? 2 : 1))..end]).Replace("]", @"\]", StringComparison.Ordinal)).Append(']');
                i = end;
            }
            else
            {
                made.Append(Regex.Escape(text[i].ToString()));
            }
        }

        // Without backtracking: no pattern takes long, whatever the name.
        return new Regex(made.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
