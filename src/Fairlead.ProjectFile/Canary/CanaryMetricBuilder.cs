using System.Text.Json.Nodes;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Canary;

/// <summary>Makes one metric of a canary's configuration.</summary>
internal sealed class CanaryMetricBuilder(FieldReader fields)
{
    private const string Configurations = "analysisConfigurations";
    private const string Canary = "canary";
    private static readonly string[] Bounds = ["allowedIncrease", "allowedDecrease", "criticalIncrease", "criticalDecrease"];
    private static readonly string[] Analysis = ["direction", "critical", "muted", "mustHaveData", "minPoints", "nanStrategy", "outliers", "effectSize"];
    private static readonly Dictionary<string, string> Directions = Same("either", "increase", "decrease");
    private static readonly Dictionary<string, string> Measures = Same("meanRatio", "cles");
    private static readonly Dictionary<string, string> NanStrategies = new(Same("remove", "replace"), StringComparer.Ordinal) { ["none"] = "remove" };
    private static readonly Dictionary<string, string> OutlierStrategies = new(Same("keep", "remove"), StringComparer.Ordinal) { ["none"] = "keep" };

    /// <param name="index">From 0.</param>
    public JsonObject Build(YamlNode node, int index)
    {
        var subject = node is YamlMap named && named.Text("name") is { } known ? $"metric '{Quoted.Text(known)}'" : $"metric {index + 1}";
        var map = fields.Map(node, subject, ["name", "groups", Configurations], ["query", "scopeName"]);
        var metric = new JsonObject();
        if (fields.Text(map, "name", subject, isRequired: node is YamlMap) is { } name)
            metric["name"] = name;
        metric["groups"] = fields.Texts(map, "groups", subject);
        if (FieldReader.Given(map, Configurations) is { } configurations
            && FieldReader.Given(fields.Map(configurations, $"'{Configurations}' of {subject}", [Canary]), Canary) is { } canary)
            metric[Configurations] = new JsonObject { [Canary] = BuildAnalysis(canary, subject) };
        return metric;
    }

    private JsonObject BuildAnalysis(YamlNode node, string subject)
    {
        var map = fields.Map(node, $"'{Canary}' of {subject}", Analysis);
        var analysis = new JsonObject();
        fields.Word(map, "direction", analysis, subject, Directions);
        fields.Boolean(map, "critical", analysis, subject);
        fields.Boolean(map, "muted", analysis, subject);
        fields.Boolean(map, "mustHaveData", analysis, subject);
        fields.Number(map, "minPoints", analysis, subject, value => value is >= 0 and <= 10_000_000 && value == Math.Floor(value), "a whole number from 0 to 10000000");
        fields.Word(map, "nanStrategy", analysis, subject, NanStrategies);
        if (FieldReader.Given(map, "outliers") is { } outliers)
        {
            var (from, into) = (fields.Map(outliers, $"'outliers' of {subject}", ["strategy", "outlierFactor"]), new JsonObject());
            fields.Word(from, "strategy", into, $"'outliers' of {subject}", OutlierStrategies);
            fields.Number(from, "outlierFactor", into, $"'outliers' of {subject}", value => value > 0, "a number above 0");
            analysis["outliers"] = into;
        }

        if (FieldReader.Given(map, "effectSize") is { } size)
            analysis["effectSize"] = BuildEffectSize(size, $"'effectSize' of {subject}");
        return analysis;
    }

    private JsonObject BuildEffectSize(YamlNode node, string subject)
    {
        var (map, size) = (fields.Map(node, subject, ["measure", .. Bounds]), new JsonObject());
        fields.Word(map, "measure", size, subject, Measures);
        foreach (var bound in Bounds)
            fields.Number(map, bound, size, subject, value => value >= 0, "a number from 0");
        return size;
    }

    private static Dictionary<string, string> Same(params string[] words) => words.ToDictionary(word => word, StringComparer.Ordinal);
}
