using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Configurations;

/// <summary>A setting of a service, as it is declared and released with it; of a server group also what its environment gives it.</summary>
/// <param name="Name">Lower-case letters, digits and '_'.</param>
public sealed record ConfigSetting(string Name, ConfigType Type)
{
    /// <summary>Null when each environment has to give a value.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Of numbers, inclusive.</summary>
    public double? Minimum { get; init; }

    /// <summary>Of numbers, inclusive.</summary>
    public double? Maximum { get; init; }

    /// <summary>The only values that are accepted; null for any.</summary>
    public IReadOnlyList<JsonElement>? Choices { get; init; }

    public string? Description { get; init; }

    /// <summary>What the environment of a server group makes of it; null in a release.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What holds; null when nobody gave a value.</summary>
    [JsonIgnore]
    public JsonElement? Effective => Value ?? Default;

    /// <summary>A sentence without subject and end about what is wrong with a value, with the cure; null when it fits.</summary>
    public string? Problem(JsonElement value)
    {
        if (!IsOfType(value))
            return $"is {Shown(value)}; use {Expected}";
        if (Type is ConfigType.Number or ConfigType.Integer && !(value.GetDouble() >= (Minimum ?? double.MinValue) && value.GetDouble() <= (Maximum ?? double.MaxValue)))
            return $"is {Shown(value)}; use {Expected}";
        return Choices is { } choices && !choices.Any(choice => JsonElement.DeepEquals(choice, value)) ? $"is {Shown(value)}; {Hint(value, choices)}" : null;
    }

    /// <summary>The value in the one form that equal values have: <c>1.0</c> is <c>1</c>, and the names of maps are sorted.</summary>
    /// <param name="value">One that fits.</param>
    public JsonElement Normalize(JsonElement value) => ConfigJson.Canonical(value);

    private bool IsOfType(JsonElement value) => Type switch
    {
        ConfigType.Number => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        ConfigType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        ConfigType.String => value.ValueKind == JsonValueKind.String,
        ConfigType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ConfigType.List => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private string Expected => Type switch
    {
        ConfigType.Number => $"a number{Range}",
        ConfigType.Integer => $"a whole number{Range}",
        ConfigType.String => "text",
        ConfigType.Boolean => "true or false",
        ConfigType.List => "a list",
        _ => "a map of 'key: value'",
    };

    private string Range => (Minimum, Maximum) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $", {least} or more"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $", {most} at most"),
        _ => "",
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "nothing",
        _ => $"'{Printable(ConfigJson.Text(value))}'",
    };

    private static string Printable(string text) =>
        new([.. text.Take(80).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character)]);

    private static string Hint(JsonElement value, IReadOnlyList<JsonElement> choices)
    {
        var words = choices.Select(choice => Printable(ConfigJson.Text(choice))).ToList();
        return value.ValueKind == JsonValueKind.String ? NearestName.Hint(value.GetString()!, words) : $"known: {string.Join(", ", words)}";
    }
}
