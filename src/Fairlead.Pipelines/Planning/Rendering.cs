using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fairlead.Pipelines.Planning;

/// <summary>
/// Fills in <c>${{ path }}</c>. A text that is nothing but one of them becomes the value with its type; in the middle of a text, values are written as text.
/// </summary>
internal static partial class Rendering
{
    /// <param name="data">An object in which paths begin.</param>
    /// <param name="roots">Paths that begin otherwise are left as they are.</param>
    /// <param name="problem">What does not exist, without the end of the sentence; null when all is filled in.</param>
    public static JsonElement Fill(JsonElement template, JsonElement data, IReadOnlyCollection<string> roots, out string? problem)
    {
        problem = null;
        return template.GetRawText().Contains("${{", StringComparison.Ordinal) ? JsonSerializer.SerializeToElement(Fill(template, new Source(data, roots), ref problem)) : template;
    }

    /// <summary>A text of which the parts are filled in.</summary>
    public static string FillText(string template, JsonElement data, IReadOnlyCollection<string> roots, out string? problem)
    {
        problem = null;
        return Text(template, new Source(data, roots), ref problem);
    }

    private static JsonNode? Fill(JsonElement template, Source source, ref string? problem)
    {
        switch (template.ValueKind)
        {
            case JsonValueKind.Object:
                var made = new JsonObject();
                foreach (var member in template.EnumerateObject())
                    made[member.Name] = Fill(member.Value, source, ref problem);
                return made;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in template.EnumerateArray())
                    list.Add(Fill(item, source, ref problem));
                return list;
            case JsonValueKind.String:
                return Fill(template.GetString()!, source, ref problem);
            default:
                return JsonNode.Parse(template.GetRawText());
        }
    }

    private static JsonNode? Fill(string template, Source source, ref string? problem)
    {
        var only = Placeholder().Match(template);
        if (!only.Success || only.Length != template.Length)
            return JsonValue.Create(Text(template, source, ref problem));
        var value = source.Find(only.Groups["path"].Value, ref problem);
        return value is null ? JsonValue.Create(template) : JsonNode.Parse(value.Value.GetRawText());
    }

    private static string Text(string template, Source source, ref string? problem)
    {
        var made = new StringBuilder();
        var end = 0;
        foreach (Match match in Placeholder().Matches(template))
        {
            var value = source.Find(match.Groups["path"].Value, ref problem);
            made.Append(template, end, match.Index - end).Append(value is null ? match.Value : value.Value.ToString());
            end = match.Index + match.Length;
        }

        return made.Append(template, end, template.Length - end).ToString();
    }

    [GeneratedRegex(@"\$\{\{\s*(?<path>[A-Za-z0-9_.-]+)\s*\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    private sealed class Source(JsonElement data, IReadOnlyCollection<string> roots)
    {
        public JsonElement? Find(string path, ref string? problem)
        {
            var names = path.Split('.');
            if (!roots.Contains(names[0]))
                return null;
            var value = data;
            foreach (var name in names)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    problem ??= $"'${{{{ {path} }}}}' does not exist: there is no '{name}'";
                    return null;
                }
            }

            return value;
        }
    }
}
