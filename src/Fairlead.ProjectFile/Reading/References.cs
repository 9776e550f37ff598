using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Resolves the names by which parts of the file refer to one another.</summary>
internal sealed class References(YamlMap root, ProblemList problems)
{
    public const string DatasetPrefix = "dataset:";

    private readonly HashSet<string> datasets = Names(root.Map(Keys.Datasets));
    private readonly HashSet<string> models = Names(root.Map(Keys.Models));
    private readonly HashSet<string> services = Names(root.Map(Keys.Services));
    private readonly HashSet<string> environments = Names(root.Map(Keys.Environments));
    private readonly HashSet<string> pipelines = Names(root.Map(Keys.Pipelines));
    private readonly HashSet<string> metrics = Names(root.Map(Keys.Metrics));
    private readonly HashSet<string> kpis = Names(root.Map(Keys.Kpis));
    private readonly Dictionary<string, HashSet<string>> outputsByStep = root.Map(Keys.Steps).Entries
        .ToDictionary(step => step.Key.Value, step => ((YamlMap)step.Value).List(Keys.Outputs).Texts.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <param name="source">"dataset:NAME".</param>
    /// <param name="subject">What refers to it.</param>
    public string Dataset(YamlScalar source, string subject) => Resolve(source.Value[DatasetPrefix.Length..], "dataset", datasets, source.Place, subject);

    public string Model(YamlScalar name, string subject) => Resolve(name.Value, "model", models, name.Place, subject);

    public string Service(YamlScalar name, string subject) => Resolve(name.Value, "service", services, name.Place, subject);

    public bool HasService(string name) => services.Contains(name);

    public string Environment(YamlScalar name, string subject) => Resolve(name.Value, "environment", environments, name.Place, subject);

    public string Pipeline(YamlScalar name, string subject) => Resolve(name.Value, "pipeline", pipelines, name.Place, subject);

    /// <summary>A metric of canaries: one of the project's own, or one that is always there. That predictions have a field is seen when there are some.</summary>
    public string Metric(YamlScalar name, string subject)
    {
        var isKpi = name.Value.StartsWith(MetricNames.Kpi, StringComparison.Ordinal);
        return isKpi ? MetricNames.Kpi + Resolve(name.Value[MetricNames.Kpi.Length..], "KPI", kpis, name.Place, subject)
            : MetricNames.IsBuiltIn(name.Value) ? name.Value
            : Resolve(name.Value, "metric", [.. metrics, .. MetricNames.Examples.Where(example => !example.EndsWith("FIELD", StringComparison.Ordinal) && !example.EndsWith("NAME", StringComparison.Ordinal))], name.Place, subject);
    }

    public string Step(YamlScalar name, string subject) => Resolve(name.Value, "step", outputsByStep.Keys, name.Place, subject);

    /// <param name="source">"STEP/OUTPUT"; which variants the brackets of a step pick is checked elsewhere.</param>
    public (string Step, string Output) Output(YamlScalar source, string subject)
    {
        var slash = source.Value.IndexOf('/');
        var (step, output) = (source.Value[..slash], source.Value[(slash + 1)..]);
        var family = step.Split('[')[0];
        Resolve(family, "step", outputsByStep.Keys, source.Place, subject);
        if (outputsByStep.TryGetValue(family, out var outputs) && !outputs.Contains(output) && !problems.IsFull)
            problems.Add(source.Place, $"{subject} refers to output '{Quoted.Text(output)}', which step '{family}' does not declare; {NearestName.Hint(output, outputs)}");
        return (step, output);
    }

    private string Resolve(string name, string thing, IReadOnlyCollection<string> known, Place place, string subject)
    {
        if (!known.Contains(name) && !problems.IsFull)
            problems.Add(place, $"{subject} refers to {thing} '{name}', which is not declared; {NearestName.Hint(name, known)}");
        return name;
    }

    private static HashSet<string> Names(YamlMap map) => map.Entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal);
}
