using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Planning;

/// <summary>Puts the stages of templates in the place of those that use them.</summary>
internal sealed class TemplateExpansion(IReadOnlyList<StageTemplate> templates)
{
    /// <summary>A parameter that every template has: the name of the stage that uses it.</summary>
    public const string Self = "self";
    private const string Root = "parameters";
    private const int Deepest = 10;

    /// <summary>The inner stages are named after the outer one; what came after that comes after the last of them.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public IReadOnlyList<StageDefinition> Expand(IReadOnlyList<StageDefinition> stages)
    {
        for (var depth = 0; stages.Any(stage => stage.Uses is not null); depth++)
        {
            if (depth == Deepest)
                throw FairleadException.Invalid($"Templates use one another more than {Deepest} deep; make them flatter.");
            stages = ExpandOnce(stages);
        }

        return stages.GroupBy(stage => stage.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw FairleadException.Invalid($"There are {twice.Count()} stages named '{twice.Key}' once the templates are expanded; rename one.")
            : stages;
    }

    private List<StageDefinition> ExpandOnce(IReadOnlyList<StageDefinition> stages)
    {
        var ends = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var made = new List<StageDefinition>();
        foreach (var stage in stages)
        {
            if (stage.Uses is null)
            {
                made.Add(stage);
                continue;
            }

            var inner = Inner(stage);
            ends[stage.Name] = [.. inner.Where(one => !inner.Any(other => other.After.Contains(one.Name))).Select(one => one.Name)];
            made.AddRange(inner);
        }

        return [.. made.Select(stage => stage with { After = [.. stage.After.SelectMany(name => ends.GetValueOrDefault(name) ?? [name]).Distinct(StringComparer.Ordinal)] })];
    }

    private List<StageDefinition> Inner(StageDefinition use)
    {
        var template = templates.FirstOrDefault(candidate => candidate.Name == use.Uses)
            ?? throw FairleadException.Invalid($"Stage '{use.Name}' uses '{use.Uses}', which is no template; {NearestName.Hint(use.Uses!, [.. templates.Select(candidate => candidate.Name)])}");
        var data = JsonSerializer.SerializeToElement(new JsonObject { [Root] = Parameters(use, template) });
        return [.. template.Stages.Select(stage => stage with
        {
            Name = $"{use.Name}_{stage.Name}",
            Settings = Filled(Rendering.Fill(stage.Settings, data, [Root], out var problem), problem, use),
            After = stage.After.Count == 0 ? use.After : [.. stage.After.Select(name => $"{use.Name}_{name}")],
            When = Both(use.When, stage.When is null ? null : Filled(Rendering.FillText(stage.When, data, [Root], out var inWhen), inWhen, use)),
            Check = stage.Check is null ? null : Filled(Rendering.FillText(stage.Check, data, [Root], out var inCheck), inCheck, use),
        })];
    }

    private static JsonObject Parameters(StageDefinition use, StageTemplate template)
    {
        var made = new JsonObject { [Self] = use.Name };
        foreach (var unknown in use.Settings.EnumerateObject().Where(member => template.Parameters.All(parameter => parameter.Name != member.Name)))
            throw FairleadException.Invalid($"Stage '{use.Name}' gives '{unknown.Name}', which the template '{template.Name}' does not take; {NearestName.Hint(unknown.Name, [.. template.Parameters.Select(parameter => parameter.Name)])}");
        foreach (var parameter in template.Parameters)
        {
            var value = use.Settings.TryGetProperty(parameter.Name, out var given) ? given
                : parameter.Default ?? throw FairleadException.Invalid($"Stage '{use.Name}' lacks '{parameter.Name}', which the template '{template.Name}' needs; add it under 'with'.");
            // What is filled in when the stage begins is judged then.
            var isLater = value.ValueKind == JsonValueKind.String && value.GetString()!.Contains("${{", StringComparison.Ordinal);
            if (!isLater && parameter.Problem(value) is { } problem)
                throw FairleadException.Invalid($"Stage '{use.Name}': {problem}.");
            made[parameter.Name] = JsonNode.Parse(value.GetRawText());
        }

        return made;
    }

    private static T Filled<T>(T value, string? problem, StageDefinition use) =>
        problem is null ? value : throw FairleadException.Invalid($"The template '{use.Uses}' that stage '{use.Name}' uses cannot be filled in: {problem}.");

    private static string? Both(string? first, string? second) => first is null ? second : second is null ? first : $"({first}) and ({second})";
}
