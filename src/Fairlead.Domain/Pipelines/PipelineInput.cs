using System.Text.Json;

namespace Fairlead.Domain.Pipelines;

/// <summary>A value that an execution is given when it begins; of templates, a parameter.</summary>
public sealed record PipelineInput
{
    public required string Name { get; init; }

    public PipelineInputType Type { get; init; }

    /// <summary>Null for a value that must be given.</summary>
    public JsonElement? Default { get; init; }

    public string? Description { get; init; }

    /// <summary>The only values that are accepted; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A sentence without its end about what is wrong with a value, or null.</summary>
    public string? Problem(JsonElement value)
    {
        var fits = Type switch
        {
            PipelineInputType.Number => value.ValueKind == JsonValueKind.Number,
            PipelineInputType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind == JsonValueKind.String,
        };
        if (!fits)
            return $"'{Name}' is '{value}', which is no {Type.ToString().ToLowerInvariant()}; give one";
        return Choices.Count > 0 && !Choices.Contains(value.ToString(), StringComparer.Ordinal)
            ? $"'{Name}' is '{value}'; give one of {string.Join(", ", Choices)}"
            : null;
    }
}
