using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps;

/// <summary>Lays parameters over those of the project file.</summary>
internal static class ParameterOverlay
{
    /// <param name="overlays">By the step, all of its variants or one, then by the parameter; what is given for one variant goes before what is given for all.</param>
    /// <exception cref="FairleadException">Invalid: there is no such step, or it has no such parameter.</exception>
    public static IReadOnlyList<StepDefinition> Apply(IReadOnlyList<StepDefinition> steps, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> overlays)
    {
        if (overlays.Count == 0)
            return steps;
        var known = steps.SelectMany(step => new[] { step.Name, step.Family }).ToHashSet(StringComparer.Ordinal);
        if (overlays.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw FairleadException.Invalid($"Parameters are given for the step '{unknown}', which is not among those to run; {NearestName.Hint(unknown, known)}");
        return [.. steps.Select(step => Apply(Apply(step, overlays.GetValueOrDefault(step.Family)), step.Name == step.Family ? null : overlays.GetValueOrDefault(step.Name)))];
    }

    private static StepDefinition Apply(StepDefinition step, IReadOnlyDictionary<string, JsonElement>? values)
    {
        if (values is null)
            return step;
        var parameters = new SortedDictionary<string, JsonElement>(step.Parameters.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (!parameters.ContainsKey(name))
                throw FairleadException.Invalid($"Step '{step.Family}' has no parameter '{name}'; {NearestName.Hint(name, parameters.Keys)}");
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                throw FairleadException.Invalid($"The parameter '{name}' of step '{step.Family}' must be a string, a number or a boolean, not {value.ValueKind.ToString().ToLowerInvariant()}.");
            parameters[name] = value;
        }

        return step with { Parameters = parameters };
    }
}
