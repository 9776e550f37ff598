using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Fairlead.Roles.Stages;

/// <summary>
/// Tells expressions that cannot take more time or memory than their text is long: columns, constants, comparisons, arithmetic and what joins them. Whatever calls a
/// function, holds a query or matches patterns may make much of little, and is none.
/// </summary>
internal static partial class SimpleExpression
{
    private static readonly FrozenSet<string> BeforeBracket = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "and", "or", "not", "in", "between", "is", "when", "then", "else", "case");

    private static readonly FrozenSet<string> Refused = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "select", "from", "with", "values", "table", "like", "ilike", "similar", "glob", "escape", "collate", "map", "struct", "array", "over", "filter", "lambda", "pivot", "unpivot", "describe", "show", "summarize");

    public static bool Is(string expression)
    {
        // In strings that begin with an e a backslash takes the meaning from a quote, and what looks quoted here would be code there.
        if (expression.Contains("--", StringComparison.Ordinal) || expression.Contains("/*", StringComparison.Ordinal) || expression.Contains('\\'))
            return false;
        var (end, before) = (0, "");
        foreach (var token in Token().EnumerateMatches(expression))
        {
            if (token.Index != end)
                return false;
            end += token.Length;
            var text = expression.Substring(token.Index, token.Length);
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (Refused.Contains(text) || (text == "(" && MayBeCalled(before)))
                return false;
            before = text;
        }

        return end == expression.Length;
    }

    private static bool MayBeCalled(string before) =>
        before.Length > 0 && (before[^1] is ')' or '"' or '\'' || char.IsAsciiLetterOrDigit(before[^1]) || before[^1] == '_') && !BeforeBracket.Contains(before);

    [GeneratedRegex("""\G(?:\s+|[A-Za-z_][A-Za-z0-9_]*|"[^"]*"|'[^']*'|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|<=|>=|<>|!=|==|[=<>+\-*/%(),.])""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
