using System.Text.Json.Nodes;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Canary;

/// <summary>Makes a canary's configuration out of its tree, and reports what does not resolve or go together.</summary>
internal sealed class CanaryConfigBuilder(FieldReader fields, ProblemList problems)
{
    private const string File = "the file";
    private const string Judge = "judge";
    private const string Metrics = "metrics";
    private const string Classifier = "classifier";
    private const string Groups = "groups";
    private const string Weights = "groupWeights";
    private const string Thresholds = "scoreThresholds";
    private const string Settings = "judgeConfigurations";
    private const double UsualPass = 75;
    private const double UsualMarginal = 50;

    private static readonly string[] Known = ["name", Judge, Metrics, Classifier, Thresholds];

    /// <summary>What Kayenta keeps in its files, or needs to fetch metrics.</summary>
    private static readonly string[] PassedAtTop = ["id", "description", "configVersion", "applications", "templates", "createdTimestamp", "updatedTimestamp", "createdTimestampIso", "updatedTimestampIso"];
    private static readonly Dictionary<string, string> Judges = new(StringComparer.Ordinal)
    {
        ["fairlead"] = "fairlead",
        ["kayenta"] = "kayenta",
        ["NetflixACAJudge-v1.0"] = "NetflixACAJudge-v1.0",
    };

    public JsonObject Build(YamlNode root)
    {
        var map = fields.Map(root, File, Known, PassedAtTop);
        var config = new JsonObject();
        if (fields.Text(map, "name", File, isRequired: false) is { } name)
            config["name"] = name;
        if (FieldReader.Given(map, Judge) is { } judge)
            config[Judge] = BuildJudge(judge);
        var metrics = BuildMetrics(map);
        config[Metrics] = metrics;
        config[Classifier] = BuildClassifier(map, metrics);
        return config;
    }

    private JsonObject BuildJudge(YamlNode node)
    {
        var judge = new JsonObject();
        if (node is YamlScalar)
        {
            fields.Word(new YamlMap(node.Place, [new YamlEntry(new YamlScalar(node.Place, "name", IsPlain: true), node)]), "name", judge, "'judge'", Judges);
            return judge;
        }

        var map = fields.Map(node, "'judge'", ["name", Settings]);
        fields.Word(map, "name", judge, "'judge'", Judges);
        if (FieldReader.Given(map, Settings) is { } given)
        {
            var settings = new JsonObject();
            var from = fields.Map(given, $"'{Settings}'", ["confidence", "tolerance"]);
            fields.Number(from, "confidence", settings, $"'{Settings}'", value => value is > 0.5 and < 1, "a number above 0.5 and below 1");
            fields.Number(from, "tolerance", settings, $"'{Settings}'", value => value is >= 0 and < 1, "a number from 0 to below 1");
            judge[Settings] = settings;
        }

        return judge;
    }

    private JsonArray BuildMetrics(YamlMap map)
    {
        var metrics = new JsonArray();
        if (FieldReader.Given(map, Metrics) is not YamlList { Items.Count: > 0 } list)
        {
            problems.Add(map.Find(Metrics)?.Key.Place ?? map.Place, $"{File} has no list of '{Metrics}' with one metric at least; add '- name: …' below it");
            return metrics;
        }

        var builder = new CanaryMetricBuilder(fields);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in list.Items.Index())
        {
            var metric = builder.Build(item, index);
            if ((string?)metric["name"] is { } name && !names.Add(name))
                problems.Add(item.Place, $"the metric '{Quoted.Text(name)}' is given twice; remove one, or rename it");
            metrics.Add(metric);
        }

        return metrics;
    }

    private JsonObject BuildClassifier(YamlMap map, JsonArray metrics)
    {
        var given = FieldReader.Given(map, Classifier) is { } node ? fields.Map(node, $"'{Classifier}'", [Weights, Thresholds]) : new YamlMap(map.Place, []);
        var classifier = new JsonObject();
        if (FieldReader.Given(given, Weights) is { } weights)
            classifier[Weights] = BuildWeights(weights, metrics);
        if (FieldReader.Given(given, Thresholds) is { } nested)
            classifier[Thresholds] = BuildThresholds(nested);
        if (FieldReader.Given(map, Thresholds) is not { } top)
            return classifier;
        if (classifier.ContainsKey(Thresholds))
            problems.Add(top.Place, $"'{Thresholds}' is given at the top and in '{Classifier}'; keep one");
        else
            classifier[Thresholds] = BuildThresholds(top);
        return classifier;
    }

    private JsonObject BuildWeights(YamlNode node, JsonArray metrics)
    {
        var groups = metrics.SelectMany(metric => metric![Groups]!.AsArray().Select(group => (string)group!)).Distinct(StringComparer.Ordinal).ToList();
        var weights = new JsonObject();
        if (node is not YamlMap map)
        {
            problems.Add(node.Place, $"'{Weights}' must be a map of 'group: percent', not {node.Kind}");
            return weights;
        }

        var sum = 0.0;
        foreach (var key in map.Entries.Select(entry => entry.Key))
        {
            sum += fields.Number(map, key.Value, weights, $"'{Weights}'", value => value is >= 0 and <= 100, "a number of percent from 0 to 100") ?? 0;
            if (!groups.Contains(key.Value))
                problems.Add(key.Place, $"no metric is in the group '{Quoted.Text(key.Value)}'; {NearestName.Hint(Quoted.Text(key.Value), groups)}");
        }

        if (sum > 100.0001)
            problems.Add(node.Place, $"the weights of '{Weights}' add up to {sum:0.##} %; they may not exceed 100");
        return weights;
    }

    private JsonObject BuildThresholds(YamlNode node)
    {
        var thresholds = new JsonObject();
        var map = fields.Map(node, $"'{Thresholds}'", ["pass", "marginal"]);
        var pass = fields.Number(map, "pass", thresholds, $"'{Thresholds}'", value => value is >= 0 and <= 100, "a score from 0 to 100");
        var marginal = fields.Number(map, "marginal", thresholds, $"'{Thresholds}'", value => value is >= 0 and <= 100, "a score from 0 to 100");
        if ((marginal ?? UsualMarginal) > (pass ?? UsualPass))
            problems.Add(node.Place, $"'marginal' is '{marginal ?? UsualMarginal}', above 'pass', which is '{pass ?? UsualPass}'; lower it");
        return thresholds;
    }
}
