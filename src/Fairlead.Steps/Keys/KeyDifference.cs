using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>Says, for people, why a step must be executed: what differs from its latest successful run.</summary>
internal static class KeyDifference
{
    public const string FirstRun = "first run";
    private const int LongestShownValue = 60;

    /// <param name="inputs">The inputs that belong to <paramref name="key"/>.</param>
    /// <returns>Such as <c>param:l2 0.01 > 0.1, code:trainer/ changed</c>; empty when nothing differs.</returns>
    public static string Describe(Run? latest, StepKey key, IReadOnlyList<RunInput> inputs)
    {
        if (latest is null)
            return FirstRun;
        var before = latest.KeyParts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        var now = key.Parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        var names = before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join(", ", names
            .Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => DescribePart(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name), latest.Inputs, inputs)));
    }

    private static string DescribePart(string name, string? before, string? now, IReadOnlyList<RunInput> inputsBefore, IReadOnlyList<RunInput> inputsNow)
    {
        if (before is null)
            return $"{name} added";
        if (now is null)
            return $"{name} removed";
        if (name.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal))
        {
            var input = name[KeyParts.InputPrefix.Length..];
            return $"{name} changed ({LabelOf(input, inputsBefore)} > {LabelOf(input, inputsNow)})";
        }

        return IsShown(name, before) && IsShown(name, now) ? $"{name} {before} > {now}" : $"{name} changed";
    }

    /// <summary>Values that people wrote or know are shown; digests, commands and lists say nothing in a line.</summary>
    private static bool IsShown(string name, string value) =>
        value.Length <= LongestShownValue
        && !value.Contains('\n')
        && (name.StartsWith(KeyParts.ParameterPrefix, StringComparison.Ordinal)
            || name.StartsWith("tool:", StringComparison.Ordinal)
            || name is "platform" or "sandbox" or "engine" or "metrics");

    private static string LabelOf(string name, IReadOnlyList<RunInput> inputs) =>
        inputs.FirstOrDefault(input => input.Name == name) is { } input ? RunInputLabel.Of(input) : "?";
}
