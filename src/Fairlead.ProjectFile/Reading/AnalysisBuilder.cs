using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes out of checked maps how canaries are judged, and reports what does not go together.</summary>
internal sealed partial class AnalysisBuilder(References references, ProblemList problems)
{
    private const string Group = "${group}";

    public MetricDefinition BuildMetric(string name, YamlMap body)
    {
        var prometheus = body.Find(Keys.Prometheus) is null ? null : BuildPrometheus(name, body.Map(Keys.Prometheus));
        CheckSource(name, body);
        if (body.Scalar(Keys.Sql) is { } sql)
            CheckQuery(name, sql);
        return new MetricDefinition
        {
            Name = name,
            Sql = body.Text(Keys.Sql)?.Trim(),
            Prometheus = prometheus,
            Group = body.Text(Keys.Group),
            Direction = body.Text(Keys.Direction) is { } direction ? Enum.Parse<MetricDirection>(direction, ignoreCase: true) : null,
            Critical = Flag(body, Keys.Critical),
            Muted = Flag(body, Keys.Muted),
            MustHaveData = Flag(body, Keys.MustHaveData),
            MinPoints = body.Text(Keys.MinPoints) is { } points ? int.Parse(points, CultureInfo.InvariantCulture) : null,
            Missing = body.Text(Keys.Nan) is { } nan ? Enum.Parse<MissingPoints>(nan, ignoreCase: true) : null,
            OutlierFactor = Number(body, Keys.Outliers),
            Effect = body.Find(Keys.EffectSize) is null ? null : BuildEffect(body.Map(Keys.EffectSize)),
        };
    }

    /// <summary>Null when nothing is said.</summary>
    public AnalysisDefinition? BuildAnalysis(YamlMap root)
    {
        if (root.Find(Keys.Analysis) is not { } entry)
            return null;
        var body = root.Map(Keys.Analysis);
        var definition = new AnalysisDefinition
        {
            Judge = body.Text(Keys.Judge),
            Confidence = Number(body, Keys.Confidence),
            Tolerance = Number(body, Keys.Tolerance),
            Pass = Number(body, Keys.Pass) ?? AnalysisDefinition.DefaultPass,
            Marginal = Number(body, Keys.Marginal) ?? AnalysisDefinition.DefaultMarginal,
            GroupWeights = body.Map(Keys.Weights).Entries.ToDictionary(weight => weight.Key.Value, weight => CoreSchema.ToJson((YamlScalar)weight.Value).GetDouble(), StringComparer.Ordinal),
            Interval = Duration(body, Keys.Interval),
            LookBack = Duration(body, Keys.LookBack),
            WarmUp = Duration(body, Keys.WarmUp) ?? TimeSpan.Zero,
            Step = Duration(body, Keys.Step),
            Patience = Duration(body, Keys.Patience) ?? AnalysisDefinition.DefaultPatience,
        };
        if (definition.Marginal > definition.Pass)
            problems.Add((body.Find(Keys.Marginal) ?? body.Find(Keys.Pass) ?? entry).Key.Place, Invariant($"'{Keys.Marginal}' is {definition.Marginal}, above '{Keys.Pass}', which is {definition.Pass}; lower it"));
        if (definition.GroupWeights.Values.Sum() > 100.0001)
            problems.Add(body.Find(Keys.Weights)!.Key.Place, Invariant($"the weights of '{Keys.Analysis}' add up to {definition.GroupWeights.Values.Sum():0.##} %; they may not exceed 100"));
        if (definition is { Interval: { } interval, Step: { } step } && interval < step)
            problems.Add(body.Find(Keys.Interval)!.Key.Place, $"'{Keys.Interval}' is shorter than '{Keys.Step}'; make it longer");
        return definition;
    }

    /// <summary>Names of metrics by which environments are deployed to.</summary>
    public void CheckEnvironments(YamlMap root)
    {
        foreach (var environment in root.Map(Keys.Environments).Entries)
        {
            foreach (var metric in ((YamlMap)environment.Value).List(Keys.Analyse).Items.OfType<YamlScalar>())
                references.Metric(metric, $"environment '{environment.Key.Value}'");
        }
    }

    private void CheckSource(string name, YamlMap body)
    {
        var sources = new[] { Keys.Sql, Keys.Prometheus }.Select(body.Find).OfType<YamlEntry>().ToList();
        var isBuiltIn = MetricNames.IsBuiltIn(name);
        if (sources.Count == 2)
            problems.Add(sources[1].Key.Place, $"metric '{name}' has both '{Keys.Sql}' and '{Keys.Prometheus}'; keep one of them");
        else if (sources.Count == 1 && (isBuiltIn || name.Contains('.', StringComparison.Ordinal)))
            problems.Add(sources[0].Key.Place, $"metric '{Quoted.Text(name)}' {(isBuiltIn ? "is there already" : "has a dot in its name, as those that are there already")}; choose another name, without a dot");
        else if (sources.Count == 0 && !isBuiltIn)
            problems.Add(body.Place, $"metric '{Quoted.Text(name)}' has neither '{Keys.Sql}' nor '{Keys.Prometheus}'; add one, or name a metric that is there already ({NearestName.Hint(name, MetricNames.Examples)})");
    }

    private PrometheusQuery BuildPrometheus(string metric, YamlMap body)
    {
        if (body.Scalar(Keys.Query) is { } query)
            CheckQuery(metric, query);
        return new PrometheusQuery(body.Text(Keys.Url) ?? "", body.Text(Keys.Query)?.Trim() ?? "", Duration(body, Keys.Step), body.Text(Keys.KeyEnv));
    }

    /// <summary>A query that does not name its side would give both the same points, and call everything good.</summary>
    private void CheckQuery(string metric, YamlScalar query)
    {
        foreach (var unknown in Placeholder().Matches(query.Value).Where(match => !MetricDefinition.Placeholders.Contains(match.Groups["name"].Value)))
            problems.Add(query.Place, $"the query of metric '{metric}' has '{Quoted.Text(unknown.Value)}', which is no placeholder; {NearestName.Hint(Quoted.Text(unknown.Groups["name"].Value), MetricDefinition.Placeholders)}");
        if (!query.Value.Contains(Group, StringComparison.Ordinal))
            problems.Add(query.Place, $"the query of metric '{metric}' does not say '{Group}', so that both sides would be the same; add it");
    }

    private static EffectBounds BuildEffect(YamlMap body) => new()
    {
        Measure = body.Text(Keys.Measure) is { } measure ? Enum.Parse<EffectMeasure>(measure, ignoreCase: true) : EffectMeasure.MeanRatio,
        AllowedIncrease = Number(body, Keys.AllowedIncrease),
        AllowedDecrease = Number(body, Keys.AllowedDecrease),
        CriticalIncrease = Number(body, Keys.CriticalIncrease),
        CriticalDecrease = Number(body, Keys.CriticalDecrease),
    };

    private static bool? Flag(YamlMap body, string key) => body.Scalar(key) is { } scalar ? CoreSchema.ToJson(scalar).GetBoolean() : null;

    private static double? Number(YamlMap body, string key) => body.Scalar(key) is { } scalar ? CoreSchema.ToJson(scalar).GetDouble() : null;

    private static TimeSpan? Duration(YamlMap body, string key) => body.Text(key) is { } text ? TextFormats.ToTimeSpan(text) : null;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
