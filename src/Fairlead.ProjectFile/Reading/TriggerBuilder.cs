using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes triggers of a pipeline, each compared with the schema of its kind.</summary>
internal sealed class TriggerBuilder(References references, ProblemList problems)
{
    /// <summary>Of a sentence that quotes what stands in the file.</summary>
    private const int Longest = 400;
    private static readonly TextFormat Name = TextFormats.StepName;

    public List<PipelineTrigger> Build(string pipeline, YamlMap body)
    {
        var made = new List<PipelineTrigger>();
        if (body.Find(Keys.Triggers) is not { } entry || entry.Value is YamlScalar { IsNull: true })
            return made;
        if (entry.Value is not YamlList list)
        {
            problems.Add(entry.Value.Place, $"'{Keys.Triggers}' of pipeline '{pipeline}' must be a list, not {entry.Value.Kind}; write [ {{ cron: \"0 6 * * *\" }} ]");
            return made;
        }

        var inputs = body.Map(Keys.Inputs).Entries.Select(input => input.Key.Value).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var item in list.Items)
        {
            count++;
            var subject = new Subject($"trigger {count}", $"pipeline '{pipeline}'", item.Place);
            if (item is not YamlMap map)
                problems.Add(item.Place, $"{subject} must be a map with a kind of trigger, not {item.Kind}; write such as '{{ cron: \"0 6 * * *\" }}'");
            else if (Build(map, subject, inputs) is { } trigger)
                made.Add(Named(trigger, map, made, names, subject));
        }

        return made;
    }

    /// <summary>Pipelines that begin one another by their ends would never end.</summary>
    public static void ReportCircles(YamlMap pipelines, IReadOnlyList<PipelineDefinition> definitions, ProblemList problems)
    {
        var rest = definitions.ToDictionary(pipeline => pipeline.Name, Before, StringComparer.Ordinal);
        while (rest.Where(pipeline => !pipeline.Value.Any(rest.ContainsKey)).Select(pipeline => pipeline.Key).ToList() is { Count: > 0 } free)
            free.ForEach(name => rest.Remove(name));
        if (rest.Count > 0)
            problems.Add(pipelines.Find(rest.Keys.First())!.Key.Place, $"pipelines begin one another in a circle by their triggers: {string.Join(", ", rest.Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}; remove a trigger");
    }

    private static List<string> Before(PipelineDefinition pipeline) =>
        [.. pipeline.Triggers.Where(trigger => trigger.Kind == "pipeline" && trigger.Settings.TryGetProperty("pipeline", out _)).Select(trigger => trigger.Settings.GetProperty("pipeline").ToString())];

    private PipelineTrigger? Build(YamlMap map, Subject subject, HashSet<string> inputs)
    {
        var kinds = map.Entries.Where(entry => TriggerSchemas.Find(entry.Key.Value) is not null).ToList();
        foreach (var entry in map.Entries.Where(entry => TriggerSchemas.Find(entry.Key.Value) is null && entry.Key.Value is not (Keys.Name or Keys.Inputs or Keys.When)))
            problems.Add(entry.Key.Place, $"unknown key '{Quoted.Text(entry.Key.Value)}' in {subject}; {NearestName.Hint(Quoted.Text(entry.Key.Value), [.. TriggerSchemas.All.Select(schema => schema.Kind), Keys.Name, Keys.Inputs, Keys.When])}");
        if (kinds.Count != 1)
        {
            if (kinds.Count > 1 || map.Entries.All(entry => entry.Key.Value is Keys.Name or Keys.Inputs or Keys.When))
                problems.Add(subject.Place, $"{subject} has {(kinds.Count == 0 ? "no kind" : "two kinds")}; give it one of {string.Join(", ", TriggerSchemas.All.Select(known => known.Kind))}");
            return null;
        }

        var schema = TriggerSchemas.Find(kinds[0].Key.Value)!;
        var settings = YamlJson.Element(new YamlMap(map.Place, Settings(kinds[0], schema, subject)));
        if (schema.Check(settings) is { } problem)
            problems.Add(kinds[0].Key.Place, $"{subject} {Quoted.Text(problem, Longest)}");
        return new PipelineTrigger("", schema.Kind, settings)
        {
            Inputs = Inputs(map, subject, inputs),
            When = When(map, subject),
        };
    }

    private List<YamlEntry> Settings(YamlEntry kind, TriggerSchema schema, Subject subject)
    {
        IReadOnlyList<YamlEntry> given = kind.Value switch
        {
            YamlMap map => map.Entries,
            YamlScalar { IsNull: true } => [],
            var value when schema.Main is { } main => [new YamlEntry(new YamlScalar(kind.Key.Place, main, true), value)],
            _ => [],
        };
        if (kind.Value is not (YamlMap or YamlScalar { IsNull: true }) && schema.Main is null)
            problems.Add(kind.Value.Place, $"'{schema.Kind}' in {subject} must be a map of settings, not {kind.Value.Kind}; write such as '{schema.Example}'");
        var kept = new List<YamlEntry>();
        foreach (var entry in given)
        {
            var name = entry.Key.Value;
            if (schema.Find(name) is not { } setting)
                problems.Add(entry.Key.Place, $"unknown key '{Quoted.Text(name)}' in '{schema.Kind}' of {subject}; {NearestName.Hint(Quoted.Text(name), [.. schema.Settings.Select(known => known.Name)])}");
            else if (YamlJson.Element(entry.Value) is var value && setting.Problem(value) is { } problem)
                problems.Add(entry.Value.Place, $"'{name}' of {subject} {Quoted.Text(problem, Longest)}");
            else if (value.GetRawText().Contains(SettingSchema.Placeholder, StringComparison.Ordinal))
                problems.Add(entry.Value.Place, $"'{name}' of {subject} holds '{SettingSchema.Placeholder}', and nothing is filled in there; write the value");
            else
                kept.Add(entry);
            if (schema.Find(name)?.Reference == SettingReference.Pipeline && entry.Value is YamlScalar named)
                _ = references.Pipeline(named, subject.ToString());
            if (schema.Kind == "dataset" && name == schema.Main && entry.Value is YamlScalar dataset)
                _ = references.Dataset(dataset with { Value = References.DatasetPrefix + dataset.Value }, subject.ToString());
        }

        foreach (var setting in schema.Settings.Where(setting => setting.IsRequired && given.All(entry => entry.Key.Value != setting.Name)))
            problems.Add(subject.Place, $"{subject} lacks '{setting.Name}'; write such as '{schema.Example}'");
        return kept;
    }

    private JsonElement? Inputs(YamlMap map, Subject subject, HashSet<string> known)
    {
        if (map.Find(Keys.Inputs) is not { Value: not YamlScalar { IsNull: true } } entry)
            return null;
        if (entry.Value is not YamlMap inputs)
        {
            problems.Add(entry.Value.Place, $"'{Keys.Inputs}' of {subject} must be a map of inputs, not {entry.Value.Kind}");
            return null;
        }

        foreach (var input in inputs.Entries)
        {
            if (!known.Contains(input.Key.Value))
                problems.Add(input.Key.Place, $"{subject} gives the input '{Quoted.Text(input.Key.Value)}', which the pipeline does not take; {NearestName.Hint(Quoted.Text(input.Key.Value), known)}");
            if (input.Value is not YamlScalar and not YamlMap { Entries: [{ Key.Value: Keys.Sql, Value: YamlScalar { Type: ScalarType.Text } }] })
                problems.Add(input.Value.Place, $"the input '{Quoted.Text(input.Key.Value)}' of {subject} must be one value, or {{ sql: … }}");
        }

        return YamlJson.Element(inputs);
    }

    private string? When(YamlMap map, Subject subject)
    {
        if (map.Find(Keys.When) is not { } entry)
            return null;
        if (entry.Value is YamlScalar { Type: ScalarType.Text, Value.Length: > 0 } condition)
            return condition.Value;
        problems.Add(entry.Value.Place, $"'{Keys.When}' of {subject} must be a condition in SQL, such as \"trigger.kind = 'git'\"");
        return null;
    }

    private PipelineTrigger Named(PipelineTrigger trigger, YamlMap map, List<PipelineTrigger> before, HashSet<string> names, Subject subject)
    {
        var nth = before.Count(other => other.Kind == trigger.Kind) + 1;
        var name = nth == 1 ? trigger.Kind : $"{trigger.Kind}-{nth}";
        if (map.Find(Keys.Name) is { } entry)
        {
            if (entry.Value is YamlScalar { Type: ScalarType.Text } given && Name.Matches(given.Value))
                name = given.Value;
            else
                problems.Add(entry.Value.Place, $"'{Keys.Name}' of {subject} cannot name a trigger; use {Name.Expected}");
        }

        if (!names.Add(name))
            problems.Add(subject.Place, $"{subject} is named '{name}' like another one of its pipeline; give it a '{Keys.Name}' of its own");
        return trigger with { Name = name };
    }
}
