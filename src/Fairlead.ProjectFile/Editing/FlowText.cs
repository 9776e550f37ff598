using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Editing;

/// <summary>Writes values as people write them on one line: <c>{ path: data/rows.csv, key: id }</c>.</summary>
internal static partial class FlowText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject { Count: 0 } => "{}",
        JsonObject map => $"{{ {string.Join(", ", map.Select(entry => $"{Text(entry.Key)}: {Of(entry.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Of))}]",
        _ when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    /// <summary>Without quotes where nobody, and no other reader of YAML, could take it for something else.</summary>
    public static string Text(string text) =>
        Plain().IsMatch(text) && CoreSchema.TypeOf(text) == ScalarType.Text && !Older().IsMatch(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z0-9_./](?:[A-Za-z0-9_./@+*=-]|:(?=[A-Za-z0-9_./])| (?=[A-Za-z0-9_./]))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    /// <summary>Booleans, times and dates of YAML 1.1.</summary>
    [GeneratedRegex(@"^(?:y|n|yes|no|on|off|[0-9].*)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Older();
}
