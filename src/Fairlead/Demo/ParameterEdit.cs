using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Demo;

/// <summary>Replaces one parameter's value in the text of a project file, and leaves comments and layout as they are.</summary>
internal static partial class ParameterEdit
{
    /// <returns>The new text, and the value before.</returns>
    public static (string Text, string Before) Apply(string text, string step, string parameter, string value)
    {
        var start = Regex.Match(text, $@"^  {Regex.Escape(step)}:", RegexOptions.Multiline);
        if (!start.Success)
            throw FairleadException.NotFound($"The project file has no step '{step}' to change.");
        var end = NextEntry().Match(text, start.Index + start.Length);
        var length = (end.Success ? end.Index : text.Length) - start.Index;
        var block = text.Substring(start.Index, length);
        var match = Regex.Match(block, $@"(?<=\b{Regex.Escape(parameter)}:\s*)[^,}}\s]+");
        if (!match.Success)
            throw FairleadException.NotFound($"The step '{step}' has no parameter '{parameter}' to change.");
        return (text.Remove(start.Index + match.Index, match.Length).Insert(start.Index + match.Index, value), match.Value);
    }

    [GeneratedRegex(@"^ {0,2}\S", RegexOptions.Multiline)]
    private static partial Regex NextEntry();
}
