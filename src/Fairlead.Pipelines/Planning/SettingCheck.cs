using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Planning;

/// <summary>Compares a stage's settings with the schema of its kind.</summary>
internal static class SettingCheck
{
    /// <summary>What is wrong, as sentences.</summary>
    public static IEnumerable<string> Problems(StageDefinition stage, StageSchema schema, JsonElement settings)
    {
        foreach (var setting in schema.Settings.Where(setting => setting.IsRequired && !settings.TryGetProperty(setting.Name, out _)))
            yield return $"Stage '{stage.Name}' lacks '{setting.Name}'; add it.";
        if (schema.OneOf.Count > 0 && !schema.OneOf.Any(name => settings.TryGetProperty(name, out _)))
            yield return $"Stage '{stage.Name}' is a {schema.Kind} of nothing; add one of {string.Join(", ", schema.OneOf)}.";
        foreach (var member in settings.EnumerateObject())
        {
            if (schema.Find(member.Name) is not { } setting)
                yield return $"Stage '{stage.Name}' has '{member.Name}', which a {schema.Kind} does not know; {NearestName.Hint(member.Name, [.. schema.Settings.Select(known => known.Name)])}";
            else if (setting.Problem(member.Value) is { } problem)
                yield return $"'{member.Name}' of stage '{stage.Name}' {problem}.";
        }
    }
}
