using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Triggers.Definitions;

/// <summary>Settings of a trigger, checked when the project file was read.</summary>
/// <param name="json">An object.</param>
internal sealed class TriggerSettings(JsonElement json)
{
    public string? Text(string name) => Find(name)?.GetString();

    public string Required(string name) => Text(name) ?? throw new InvalidOperationException($"The setting '{name}' is not there: it was to be checked.");

    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    public TimeSpan? Duration(string name) => Text(name) is { } text && SettingSchema.TryDuration(text, out var duration) ? duration : null;

    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { } list => [.. list.EnumerateArray().Select(item => item.GetString()!)],
    };

    private JsonElement? Find(string name) => json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
