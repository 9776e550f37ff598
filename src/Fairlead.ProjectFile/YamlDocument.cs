using System.Text.Json.Nodes;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile;

/// <summary>Reads other YAML than project files, with the same rules and bounds, as JSON.</summary>
public static class YamlDocument
{
    /// <summary>The document's root, or null with every problem.</summary>
    public static (JsonNode? Root, IReadOnlyList<ProjectProblem> Problems) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemList();
        var root = YamlComposer.Compose(text, problems);
        return problems.IsEmpty && root is not null ? (ToJson(root), []) : (null, problems.ToList());
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, ToJson(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar => JsonNode.Parse(CoreSchema.ToJson(scalar).GetRawText()),
        _ => throw new InvalidOperationException($"A node is {node.Kind}."),
    };
}
