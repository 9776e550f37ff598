using System.Text.Json;

namespace Fairlead.Web.Pages.Views;

/// <summary>JSON for people: members of objects within objects by their path.</summary>
internal static class FlatJson
{
    private const int LongestText = 2_000;

    public static IEnumerable<(string Name, string Text)> Of(JsonElement value) => Of(value, "");

    /// <summary>Texts as they are, lists of plain values one after the other, numbers with six digits.</summary>
    public static string Text(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Array when value.EnumerateArray().All(IsPlain) => string.Join(", ", value.EnumerateArray().Select(Text)),
            JsonValueKind.Number when !value.TryGetInt64(out _) => PageText.Number(value.GetDouble()),
            _ => PageText.Value(value),
        };
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }

    private static IEnumerable<(string Name, string Text)> Of(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Of(member.Value, name))
                    yield return inner;
            }
            else
            {
                yield return (name, Text(member.Value));
            }
        }
    }

    private static bool IsPlain(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);
}
