using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Notices;

/// <summary>Text with <c>{{ name }}</c> where a value of the event stands.</summary>
public static class NoticeTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>What is wrong with a template and how to mend it; null for nothing.</summary>
    public static string? Problem(string template)
    {
        foreach (var (text, isName) in Parts(template))
        {
            if (isName && !NoticeFields.All.Contains(text))
                return $"'{{{{ {text} }}}}' is nothing that it can name; {NearestName.Hint(text, NoticeFields.All)}";
            if (!isName && (text.Contains(Open, StringComparison.Ordinal) || text.Contains(Close, StringComparison.Ordinal)))
                return "each '{{' needs a name and '}}', such as '{{ message }}'";
        }

        return null;
    }

    /// <param name="write">How a value is written where the text goes; what the template says itself goes as it is.</param>
    public static string Render(string template, IReadOnlyDictionary<string, string> fields, Func<string, string> write)
    {
        var rendered = new StringBuilder(template.Length);
        foreach (var (text, isName) in Parts(template))
            rendered.Append(isName ? write(fields.GetValueOrDefault(text, "")) : text);
        return rendered.ToString();
    }

    private static IEnumerable<(string Text, bool IsName)> Parts(string template)
    {
        var from = 0;
        while (template.IndexOf(Open, from, StringComparison.Ordinal) is var open and >= 0 && template.IndexOf(Close, open, StringComparison.Ordinal) is var close and >= 0)
        {
            yield return (template[from..open], false);
            yield return (template[(open + Open.Length)..close].Trim(), true);
            from = close + Close.Length;
        }

        yield return (template[from..], false);
    }
}
