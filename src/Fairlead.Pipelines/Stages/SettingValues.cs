using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

/// <summary>A stage's settings, checked and filled in.</summary>
/// <param name="Json">An object.</param>
public sealed record SettingValues(JsonElement Json)
{
    public JsonElement? Find(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public string? Text(string name) => Find(name)?.GetString();

    public string Required(string name) => Text(name) ?? throw new InvalidOperationException($"The setting '{name}' is not there: it was to be checked.");

    public bool Flag(string name, bool otherwise) => Find(name) is { } value ? value.GetBoolean() : otherwise;

    public int Number(string name, int otherwise) => Find(name) is { } value ? value.GetInt32() : otherwise;

    public TimeSpan? Duration(string name) => Text(name) is { } text && SettingSchema.TryDuration(text, out var duration) ? duration : null;

    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { } list => [.. list.EnumerateArray().Select(item => item.GetString()!)],
    };

    /// <summary>Texts by name; numbers and booleans as JSON writes them.</summary>
    public IReadOnlyDictionary<string, string> Map(string name) =>
        Find(name) is { } map ? map.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString(), StringComparer.Ordinal) : new Dictionary<string, string>();
}
