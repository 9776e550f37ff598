using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Stages;

/// <summary>JSON objects that stages hand on.</summary>
internal static class StageData
{
    public static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    /// <param name="members">Values may be null, text, numbers, booleans, JSON or lists of texts; null ones are left out.</param>
    public static JsonElement Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var made = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                made[name] = ToNode(value);
        }

        return JsonSerializer.SerializeToElement(made);
    }

    /// <summary>The members of both, those of the second first.</summary>
    public static JsonElement Merge(JsonElement first, JsonElement? second)
    {
        if (second is not { ValueKind: JsonValueKind.Object } added)
            return first;
        var made = JsonObject.Create(first)!;
        foreach (var member in added.EnumerateObject())
            made[member.Name] = ToNode(member.Value);
        return JsonSerializer.SerializeToElement(made);
    }

    /// <summary>What conditions and texts can refer to: inputs, execution, and stages by name with status and output.</summary>
    public static JsonElement Of(ExecutionPlan plan, ExecutionState state)
    {
        var stages = new JsonObject();
        foreach (var stage in state.Stages.Where(stage => stage.IsSettled))
        {
            var made = stage.Output is { ValueKind: JsonValueKind.Object } output ? JsonObject.Create(output)! : [];
            if (!made.ContainsKey("status"))
                made["status"] = stage.Status.ToString().ToLowerInvariant();
            stages[stage.Name] = made;
        }

        var inputs = new JsonObject();
        foreach (var (name, value) in plan.Inputs)
            inputs[name] = ToNode(value);
        var execution = new JsonObject { ["pipeline"] = plan.Pipeline, ["by"] = plan.Cause.By, ["cause"] = plan.Cause.Kind };
        return JsonSerializer.SerializeToElement(new JsonObject { ["inputs"] = inputs, ["execution"] = execution, ["stages"] = stages });
    }

    private static JsonNode? ToNode(object value) => value switch
    {
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        JsonNode node => node,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]),
        IReadOnlyDictionary<string, string> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        _ => throw new ArgumentException($"{value.GetType()} is no JSON.", nameof(value)),
    };
}
