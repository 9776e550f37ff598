using Fairlead.Domain.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Settings;

/// <summary>Says to the judge, in its own words, what the project file says.</summary>
internal static class CanaryConfigs
{
    public static CanaryConfig Of(AnalysisPlan plan)
    {
        var definition = plan.Definition;
        var usual = new CanaryJudgeSettings();
        return new CanaryConfig(
            [.. plan.Metrics.Select(MetricOf)],
            Judge: new CanaryJudgeChoice(
                definition.Judge ?? CanaryJudgeChoice.OwnName,
                new CanaryJudgeSettings(definition.Confidence ?? usual.Confidence, definition.Tolerance ?? usual.Tolerance)),
            Classifier: new CanaryClassifier(
                definition.GroupWeights.Count == 0 ? null : definition.GroupWeights,
                new CanaryScoreThresholds(definition.Pass, definition.Marginal)));
    }

    private static CanaryMetricConfig MetricOf(MetricDefinition metric) => new(
        metric.Name,
        metric.Group is { } group ? [group] : [],
        new CanaryAnalysisConfigurations(new CanaryAnalysis(
            metric.Direction switch
            {
                MetricDirection.Increase => CanaryDirection.Increase,
                MetricDirection.Decrease => CanaryDirection.Decrease,
                _ => CanaryDirection.Either,
            },
            metric.Critical ?? false,
            metric.Muted ?? false,
            metric.MustHaveData,
            metric.MinPoints ?? 0,
            metric.Missing == MissingPoints.Replace ? CanaryNanStrategy.Replace : CanaryNanStrategy.Remove,
            metric.OutlierFactor is { } factor ? new CanaryOutliers(CanaryOutlierStrategy.Remove, factor) : null,
            metric.Effect is { } effect ? EffectOf(effect) : null)));

    private static CanaryEffectSize EffectOf(EffectBounds effect) => new(
        effect.Measure == EffectMeasure.Cles ? CanaryEffectMeasure.Cles : CanaryEffectMeasure.MeanRatio,
        effect.AllowedIncrease,
        effect.AllowedDecrease,
        effect.CriticalIncrease,
        effect.CriticalDecrease);
}
