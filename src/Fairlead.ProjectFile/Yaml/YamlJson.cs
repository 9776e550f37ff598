using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairlead.ProjectFile.Yaml;

/// <summary>Values of the file as JSON, for what is handed on as it stands.</summary>
internal static class YamlJson
{
    public static JsonElement Element(YamlNode node) => JsonSerializer.SerializeToElement(Node(node));

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } or YamlScalar { Type: ScalarType.NotFinite } => null,
        YamlScalar scalar => JsonNode.Parse(CoreSchema.ToJson(scalar).GetRawText()),
        YamlList list => new JsonArray([.. list.Items.Select(Node)]),
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Node(entry.Value)))),
        _ => throw new InvalidOperationException($"No JSON for {node.GetType().Name}."),
    };
}
