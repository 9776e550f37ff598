using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>One setting of a kind of stage.</summary>
public sealed partial record SettingSchema(string Name, SettingType Type, string Description)
{
    /// <summary>What a text that is filled in when the stage begins holds.</summary>
    public const string Placeholder = "${{";

    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(365);

    public bool IsRequired { get; init; }

    /// <summary>What holds when it is left out, for the documentation; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The only texts that are accepted; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public SettingReference Reference { get; init; }

    /// <summary>Of numbers, inclusive.</summary>
    public double Least { get; init; } = double.MinValue;

    /// <summary>Of numbers, inclusive.</summary>
    public double Most { get; init; } = double.MaxValue;

    /// <summary>A sentence without subject and end about what is wrong with a value, or null. What is filled in later is not judged now.</summary>
    public string? Problem(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.Contains(Placeholder, StringComparison.Ordinal))
            return null;
        return Type switch
        {
            SettingType.Text => value.ValueKind != JsonValueKind.String ? "must be text" : value.GetString()!.Length == 0 ? "is empty; write something" : ChoiceProblem(value.GetString()!),
            SettingType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? RangeProblem(whole) : $"is {Shown(value)}; use a whole number",
            SettingType.Number => value.ValueKind == JsonValueKind.Number ? RangeProblem(value.GetDouble()) : $"is {Shown(value)}; use a number",
            SettingType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"is {Shown(value)}; use true or false",
            SettingType.Duration => value.ValueKind == JsonValueKind.String && TryDuration(value.GetString()!, out _) ? null : $"is {Shown(value)}; use a whole number with s, m, h or d, such as 10m, and 365d at most",
            SettingType.Texts => TextsProblem(value),
            SettingType.Map => value.ValueKind == JsonValueKind.Object ? null : "must be a map of 'key: value'",
            _ => null,
        };
    }

    /// <param name="text">Such as <c>90s</c>, <c>10m</c>, <c>0s</c> or <c>7d</c>.</param>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!DurationPattern().IsMatch(text))
            return false;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, _ => 86_400 } * int.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture);
        duration = TimeSpan.FromSeconds(seconds);
        return duration <= LongestDuration;
    }

    private string? TextsProblem(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return ChoiceProblem(value.GetString()!);
        if (value.ValueKind != JsonValueKind.Array)
            return "must be a list of texts";
        return value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? ChoiceProblem(item.GetString()!) : $"lists {Shown(item)}; list texts").FirstOrDefault(problem => problem is not null);
    }

    private string? ChoiceProblem(string text) =>
        Choices.Count == 0 || Choices.Contains(text, StringComparer.Ordinal) || text.Contains(Placeholder, StringComparison.Ordinal)
            ? null
            : $"is '{text}'; {Problems.NearestName.Hint(text, Choices)}";

    private string? RangeProblem(double value) =>
        value >= Least && value <= Most ? null : string.Create(CultureInfo.InvariantCulture, $"is '{value}'; use {Least} to {Most}");

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        _ => $"'{value}'",
    };

    [GeneratedRegex(@"\A[0-9]{1,8}[smhd]\z")]
    private static partial Regex DurationPattern();
}
