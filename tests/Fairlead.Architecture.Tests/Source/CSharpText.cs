using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.Architecture.Tests.Source;

/// <summary>C# without the text of comments, strings and characters: enough to see declarations, without a compiler.</summary>
/// <param name="Code">All code.</param>
/// <param name="TopLevel">The code outside of all brackets: of a file with a file-scoped namespace, its types' headers.</param>
internal sealed partial record CSharpText(string Code, string TopLevel)
{
    /// <summary>The file-scoped namespace, or null.</summary>
    public string? FileScopedNamespace => FileScopedNamespaces().Match(TopLevel) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Names of the types that are not within another.</summary>
    public IReadOnlyList<string> TopLevelTypes =>
        [.. TypeDeclarations().Matches(TopLevel).Select(match => match.Groups[1].Value).Concat(Delegates().Matches(TopLevel).Select(match => match.Groups[1].Value))];

    public static CSharpText Of(string text)
    {
        var code = new StringBuilder();
        var scanner = new CSharpScanner(text);
        scanner.CopyCode(code);
        return new CSharpText(code.ToString(), OutsideBrackets(code));
    }

    private static string OutsideBrackets(StringBuilder code)
    {
        var outside = new StringBuilder();
        var depth = 0;
        foreach (var c in code.ToString())
        {
            if (c is '{' or '(' or '[')
                depth++;
            if (depth == 0)
                outside.Append(c);
            if (c is '}' or ')' or ']')
            {
                depth--;
                // Where a body ends, so does a declaration.
                outside.Append(c == '}' ? c : ' ');
            }
        }

        return outside.ToString();
    }

    [GeneratedRegex(@"\bnamespace\s+([\w.]+)\s*;")]
    private static partial Regex FileScopedNamespaces();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+(?!class\b|struct\b|where\b)(\w+)")]
    private static partial Regex TypeDeclarations();

    // The parameters' brackets are gone, so the name stands last; type arguments may stand between.
    [GeneratedRegex(@"\bdelegate\b[^;]*?(\w+)\s*(?:<[^;]*>)?\s*;")]
    private static partial Regex Delegates();
}
