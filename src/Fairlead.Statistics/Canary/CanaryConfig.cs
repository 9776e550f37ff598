using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>What is judged and how, in the field names of Kayenta's canary configurations.</summary>
public sealed record CanaryConfig(IReadOnlyList<CanaryMetricConfig> Metrics, string? Name = null, CanaryJudgeChoice? Judge = null, CanaryClassifier? Classifier = null)
{
    /// <summary>Half of the metrics without data make the score 0.</summary>
    internal const double MostNodata = 0.5;

    [JsonIgnore]
    public bool IsKayenta => Judge?.IsKayenta == true;

    [JsonIgnore]
    public CanaryJudgeSettings Settings => IsKayenta ? new CanaryJudgeSettings() : Judge?.JudgeConfigurations ?? new CanaryJudgeSettings();

    [JsonIgnore]
    public CanaryScoreThresholds Thresholds => Classifier?.ScoreThresholds ?? new CanaryScoreThresholds();
}
