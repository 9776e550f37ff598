using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes pipelines and templates out of their checked maps, and reports what does not resolve or goes round in a circle.</summary>
internal sealed class PipelineBuilder(YamlMap root, References references, ProblemList problems)
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement.Clone();

    public PipelineDefinition BuildPipeline(string name, YamlMap body) => new()
    {
        Name = name,
        Description = body.Text(Keys.Description)?.Trim(),
        Triggers = new TriggerBuilder(references, problems).Build(name, body),
        Inputs = Inputs(body.Map(Keys.Inputs)),
        Concurrency = ConcurrencyOf(body.Text(Keys.Concurrency) ?? "queue"),
        Locks = body.List(Keys.Locks).Texts,
        Stages = Stages($"pipeline '{name}'", body),
    };

    public StageTemplate BuildTemplate(string name, YamlMap body) => new(name)
    {
        Description = body.Text(Keys.Description)?.Trim(),
        Parameters = Inputs(body.Map(Keys.Parameters)),
        Stages = Stages($"template '{name}'", body),
    };

    private static PipelineConcurrency ConcurrencyOf(string text) => text switch
    {
        "queue" => PipelineConcurrency.Queue,
        "latest" => PipelineConcurrency.Latest,
        _ => PipelineConcurrency.Parallel(int.Parse(text.AsSpan("parallel ".Length), CultureInfo.InvariantCulture)),
    };

    private List<PipelineInput> Inputs(YamlMap map)
    {
        var made = new List<PipelineInput>();
        foreach (var entry in map.Entries)
        {
            var body = entry.Value as YamlMap ?? new YamlMap(entry.Value.Place, []);
            var input = new PipelineInput
            {
                Name = entry.Key.Value,
                Type = body.Text(Keys.Type) is { } type ? Enum.Parse<PipelineInputType>(type, ignoreCase: true) : PipelineInputType.Text,
                Default = body.Scalar(Keys.Default) is { } otherwise ? CoreSchema.ToJson(otherwise) : null,
                Description = body.Text(Keys.Description)?.Trim(),
                Choices = body.List(Keys.Choices).Texts,
            };
            if (input.Default is { } value && input.Problem(value) is { } problem)
                problems.Add(body.Scalar(Keys.Default)!.Place, $"the default of input {problem}");
            made.Add(input);
        }

        return made;
    }

    private List<StageDefinition> Stages(string owner, YamlMap body)
    {
        var entries = body.Map(Keys.Stages).Entries;
        var names = entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
        var made = entries.Select(entry => BuildStage(owner, entry, names)).ToList();
        if (entries.Count == 0 && body.Find(Keys.Stages) is not null)
            problems.Add(body.Place, $"{owner} has no stages; add one under '{Keys.Stages}'");
        ReportCircle(owner, made, entries);
        return made;
    }

    private StageDefinition BuildStage(string owner, YamlEntry entry, HashSet<string> names)
    {
        var (name, body) = (entry.Key.Value, (YamlMap)entry.Value);
        var subject = $"stage '{name}' of {owner}";
        var settings = body.Map(StageChecker.Settings);
        var kind = body.Text(StageChecker.Kind) ?? "";
        if (StageSchemas.Find(kind) is { } schema)
            Resolve(schema, settings, subject);
        if (body.Scalar(Keys.Uses) is { } uses && root.Map(Keys.Templates).Find(uses.Value) is null)
            problems.Add(uses.Place, $"{subject} uses '{uses.Value}', which is no template; {NearestName.Hint(uses.Value, [.. root.Map(Keys.Templates).Entries.Select(template => template.Key.Value)])}");
        return new StageDefinition
        {
            Name = name,
            Kind = kind,
            Settings = body.Find(Keys.Uses) is null ? YamlJson.Element(settings) : body.Find(Keys.With) is { Value: YamlMap with } ? YamlJson.Element(with) : Empty,
            After = After(body, subject, names),
            When = body.Text(Keys.When),
            Check = body.Text(Keys.Check),
            Retries = body.Text(Keys.Retries) is { } retries ? int.Parse(retries, CultureInfo.InvariantCulture) : 0,
            Backoff = body.Text(Keys.Backoff) is { } backoff ? TextFormats.ToTimeSpan(backoff) : StageDefinition.DefaultBackoff,
            Timeout = body.Text(Keys.Timeout) is { } timeout ? TextFormats.ToTimeSpan(timeout) : null,
            OnFailure = body.Text(Keys.OnFailure) is { } policy ? Enum.Parse<StageFailurePolicy>(policy, ignoreCase: true) : StageFailurePolicy.Stop,
            Uses = body.Text(Keys.Uses),
        };
    }

    private List<string> After(YamlMap body, string subject, HashSet<string> names)
    {
        var made = new List<string>();
        var given = body.Find(Keys.After)?.Value;
        foreach (var item in given is YamlList list ? list.Items : given is null ? [] : [given])
        {
            if (item is not YamlScalar { Type: ScalarType.Text } before)
                problems.Add(item.Place, $"'{Keys.After}' of {subject} must be a stage or a list of stages, not {item.Kind}");
            else if (!names.Contains(before.Value))
                problems.Add(item.Place, $"{subject} comes after '{Quoted.Text(before.Value)}', which is no stage there; {NearestName.Hint(Quoted.Text(before.Value), names)}");
            else if (!made.Contains(before.Value))
                made.Add(before.Value);
        }

        return made;
    }

    /// <summary>Names of other parts of the file; what is filled in later is looked up then.</summary>
    private void Resolve(StageSchema schema, YamlMap settings, string subject)
    {
        foreach (var setting in schema.Settings.Where(setting => setting.Reference != SettingReference.None))
        {
            var value = settings.Find(setting.Name)?.Value;
            foreach (var name in (value is YamlList list ? list.Items : value is null ? [] : [value]).OfType<YamlScalar>().Where(name => !name.Value.Contains(SettingSchema.Placeholder, StringComparison.Ordinal)))
            {
                _ = setting.Reference switch
                {
                    SettingReference.Environment => references.Environment(name, subject),
                    SettingReference.Service => references.Service(name, subject),
                    SettingReference.Step => references.Step(name, subject),
                    SettingReference.Metric => references.Metric(name, subject),
                    _ => references.Pipeline(name, subject),
                };
            }
        }
    }

    private void ReportCircle(string owner, List<StageDefinition> stages, IReadOnlyList<YamlEntry> entries)
    {
        var rest = stages.ToList();
        while (rest.RemoveAll(stage => stage.After.All(name => rest.TrueForAll(other => other.Name != name))) > 0)
        {
            // What comes after nothing that is left can be placed.
        }

        if (rest.Count > 0)
        {
            var place = entries.First(entry => entry.Key.Value == rest[0].Name).Key.Place;
            problems.Add(place, $"stages of {owner} come after one another in a circle: {string.Join(", ", rest.Select(stage => $"'{stage.Name}'"))}; remove an '{Keys.After}'");
        }
    }
}
