using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the definition out of a checked tree and reports what does not resolve.</summary>
internal sealed class DefinitionBuilder
{
    private readonly YamlMap root;
    private readonly References references;
    private readonly ProblemList problems;

    public DefinitionBuilder(YamlMap root, ProblemList problems)
    {
        this.root = root;
        this.problems = problems;
        references = new References(root, problems);
    }

    public ProjectDefinition Build()
    {
        var steps = root.Map(Keys.Steps).Entries;
        var definitions = steps.Select(BuildStep).ToList();
        MatrixBuilder.Check(definitions, steps, problems);
        StepCycles.Report(definitions, [.. steps.Select(step => step.Key.Place)], problems);
        var pipelines = new PipelineBuilder(root, references, problems);
        var monitoring = new MonitoringBuilder(references, problems);
        var services = Named(Keys.Services, new ServiceBuilder(references, problems).Build);
        var analysis = new AnalysisBuilder(references, problems);
        analysis.CheckEnvironments(root);
        var executed = Named(Keys.Pipelines, pipelines.BuildPipeline);
        TriggerBuilder.ReportCircles(root.Map(Keys.Pipelines), executed, problems);
        return new ProjectDefinition
        {
            Name = root.Text(Keys.Project) ?? "",
            Owner = root.Text(Keys.Owner),
            Brief = root.Text(Keys.Brief)?.Trim(),
            Datasets = new DatasetBuilder(references, problems).Build(root.Map(Keys.Datasets)),
            Steps = definitions,
            Models = Named(Keys.Models, (name, body) => BuildModel(name, body, definitions)),
            Services = services,
            Environments = Named(Keys.Environments, new EnvironmentBuilder(root, references, services, problems).Build),
            Pipelines = executed,
            Templates = Named(Keys.Templates, pipelines.BuildTemplate),
            Kpis = Named(Keys.Kpis, monitoring.BuildKpi),
            Metrics = Named(Keys.Metrics, analysis.BuildMetric),
            Analysis = analysis.BuildAnalysis(root),
            Alerts = Named(Keys.Alerts, monitoring.BuildAlert),
            Notify = new NoticeBuilder(root, references, problems).Build(),
            Lineage = MonitoringBuilder.BuildLineage(root.Map(Keys.Lineage)),
            Store = StoreBuilder.Build(root.Map(Keys.Store)),
        };
    }

    private List<T> Named<T>(string key, Func<string, YamlMap, T> build) =>
        [.. root.Map(key).Entries.Select(entry => build(entry.Key.Value, (YamlMap)entry.Value))];

    private StepDefinition BuildStep(YamlEntry entry)
    {
        var name = entry.Key.Value;
        var body = (YamlMap)entry.Value;
        CheckOutputs(name, body.List(Keys.Outputs));
        SandboxBuilder.Check(name, body, problems);
        var resources = body.Map(Keys.Resources);
        var timeout = resources.Text(Keys.Timeout);
        return new StepDefinition
        {
            Name = name,
            Run = body.Text(Keys.Run),
            Sql = body.Text(Keys.Sql),
            Code = body.List(Keys.Code).Texts,
            Inputs = [.. body.Map(Keys.Inputs).Entries.Select(input => BuildInput(name, input))],
            Parameters = Sorted(body.Map(Keys.Params), CoreSchema.ToJson),
            Matrix = MatrixBuilder.Build(name, body, problems),
            When = body.Text(Keys.When),
            Outputs = body.List(Keys.Outputs).Texts,
            Metrics = body.Text(Keys.Metrics),
            Environment = Sorted(body.Map(Keys.Env), scalar => scalar.Value),
            Tools = SandboxBuilder.Tools(body),
            LockFiles = SandboxBuilder.LockFiles(body),
            Sandbox = SandboxBuilder.Kind(body),
            Image = body.Text(Keys.Image),
            HasNetwork = body.Scalar(Keys.Network) is { } network && CoreSchema.ToJson(network).GetBoolean(),
            Resources = SandboxBuilder.Resources(resources),
            Timeout = timeout is null ? StepDefinition.DefaultTimeout : TextFormats.ToTimeSpan(timeout),
        };
    }

    private static SortedDictionary<string, T> Sorted<T>(YamlMap map, Func<YamlScalar, T> convert) =>
        new(map.Entries.ToDictionary(entry => entry.Key.Value, entry => convert((YamlScalar)entry.Value)), StringComparer.Ordinal);

    private StepInput BuildInput(string step, YamlEntry entry)
    {
        var (name, source) = (entry.Key.Value, (YamlScalar)entry.Value);
        var subject = $"input '{name}' of step '{step}'";
        if (source.Value.StartsWith(References.DatasetPrefix, StringComparison.Ordinal))
            return new StepInput(name, references.Dataset(source, subject), null, null);
        var (from, output) = references.Output(source, subject);
        return new StepInput(name, null, from, output);
    }

    private ModelDefinition BuildModel(string name, YamlMap body, IReadOnlyList<StepDefinition> steps)
    {
        if (body.Scalar(Keys.From) is not { } from)
            return new ModelDefinition(name, "", "");
        var (step, output) = references.Output(from, $"model '{name}'");
        return new ModelDefinition(name, MatrixBuilder.One(step, from.Place, $"model '{name}'", steps, problems), output);
    }

    /// <summary>An output inside another one would be stored twice, and could not be told from the folder's own content.</summary>
    private void CheckOutputs(string step, YamlList outputs)
    {
        var declared = outputs.Texts.ToHashSet(StringComparer.Ordinal);
        foreach (var output in outputs.Items.OfType<YamlScalar>())
        {
            for (var slash = output.Value.IndexOf('/'); slash >= 0; slash = output.Value.IndexOf('/', slash + 1))
            {
                if (declared.Contains(output.Value[..slash]))
                    problems.Add(output.Place, $"output '{output.Value}' of step '{step}' lies inside its output '{output.Value[..slash]}'; declare one of them");
            }
        }
    }
}
