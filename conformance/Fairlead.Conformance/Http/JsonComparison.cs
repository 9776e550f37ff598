using System.Globalization;
using System.Text.Json;

namespace Fairlead.Conformance.Http;

/// <summary>Whether two JSON values mean the same.</summary>
internal static class JsonComparison
{
    /// <summary>Finds by names; in a list by the <c>name</c> of an element or by its index.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        var at = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && FindItem(at, part) is { } item)
                at = item;
            else
                return null;
        }

        return at;
    }

    public static bool AreSame(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Number(left) == Number(right),
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => AreSame(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => left.EnumerateObject().Count() == right.EnumerateObject().Count()
            && left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out var other) && AreSame(member.Value, other)),
        (JsonValueKind.String, JsonValueKind.String) => left.GetString() == right.GetString(),
        var (one, other) => one == other,
    };

    /// <summary>The leaves of nested lists, in order, in one form.</summary>
    public static string Flatten(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Flatten(document.RootElement);
    }

    public static string Flatten(JsonElement element) => string.Join(',', Leaves(element));

    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.Number => [Number(element)],
        JsonValueKind.String => [JsonSerializer.Serialize(element.GetString())],
        _ => [element.GetRawText()],
    };

    private static JsonElement? FindItem(JsonElement list, string part)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == part)
                return item;
        }

        return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.GetArrayLength() ? list[index] : null;
    }

    // Whole numbers keep all their digits; 1, 1.0 and 1e0 are one.
    private static string Number(JsonElement element) =>
        element.TryGetInt64(out var whole) ? whole.ToString()
        : element.TryGetUInt64(out var large) ? large.ToString()
        : element.GetDouble() is var fraction && fraction == Math.Floor(fraction) && Math.Abs(fraction) < long.MaxValue ? ((long)fraction).ToString()
        : fraction.ToString("R");
}
