using Fairlead.Statistics.Canary.Judging;
using Fairlead.Statistics.Canary.Planning;
using Fairlead.Statistics.Canary.Scoring;

namespace Fairlead.Statistics.Canary;

/// <summary>Compares an experiment with a control, metric by metric. The same input gives the same verdict, always.</summary>
public static class CanaryJudge
{
    /// <summary>Points that a side may be expected to have.</summary>
    public const int MostPoints = 10_000_000;

    /// <summary>Judges one look at a canary.</summary>
    /// <param name="series">Of the metrics of the configuration; a metric without one has no data, several of one metric are told apart by their tags.</param>
    /// <exception cref="ArgumentException">The configuration or the window makes no sense, or a series belongs to no metric of the configuration.</exception>
    public static CanaryVerdict Judge(CanaryConfig config, IReadOnlyList<CanaryMetricSeries> series, CanaryWindow window)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(window);
        if (Refuse(config, window) is { } problem)
            throw new ArgumentException(problem, nameof(config));
        var known = config.Metrics.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        if (series.FirstOrDefault(one => !known.Contains(one.Name)) is { } stray)
            throw new ArgumentException($"The series '{stray.Name}' belongs to no metric of the configuration.", nameof(series));
        var byName = series.ToLookup(one => one.Name, StringComparer.Ordinal);
        var metrics = config.Metrics.SelectMany(metric => byName[metric.Name].DefaultIfEmpty(Silent(metric)).Select(one => (metric, one))).ToArray();
        var levels = config.IsKayenta ? (0, 0) : LevelsAt(config, window);
        var verdicts = Array.ConvertAll(metrics, pair => JudgeMetric(config, pair.metric, pair.one, window, levels));
        var card = config.IsKayenta ? KayentaScorer.Score(verdicts, config) : Scorer.Score(verdicts, config);
        return new CanaryVerdict
        {
            Judge = config.IsKayenta ? CanaryJudgeChoice.KayentaName : CanaryJudgeChoice.OwnName,
            Outcome = card.Outcome,
            Score = card.Score,
            Reason = card.Reason,
            Thresholds = config.Thresholds,
            Window = window,
            Groups = card.Groups,
            Metrics = verdicts,
        };
    }

    /// <summary>What is wrong with a configuration as a sentence; null when nothing is.</summary>
    public static string? Refuse(CanaryConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var settings = config.Settings;
        return config.Metrics.Count == 0 ? "The configuration has no metric; add one."
            : config.Judge is { } judge && judge.Name != CanaryJudgeChoice.OwnName && !judge.IsKayenta
                ? $"'{judge.Name}' is no judge; write '{CanaryJudgeChoice.OwnName}' or '{CanaryJudgeChoice.KayentaName}'."
            : config.Metrics.GroupBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? $"The metric '{twice.Key}' is configured twice; remove one."
            : !(settings.Confidence is > 0.5 and < 1) ? $"The confidence is '{settings.Confidence}'; use a number above 0.5 and below 1."
            : !(settings.Tolerance is >= 0 and < 1) ? $"The tolerance is '{settings.Tolerance}'; use a number from 0 to below 1."
            : !(config.Thresholds.Marginal <= config.Thresholds.Pass) ? $"The threshold 'marginal' is '{config.Thresholds.Marginal}', above 'pass'; lower it."
            : null;
    }

    private static string? Refuse(CanaryConfig config, CanaryWindow window) =>
        Refuse(config) is { } problem ? problem
        : window.Look < 1 || window.Look > window.Looks ? $"The window is judgement {window.Look} of {window.Looks}; count from 1."
        : window.ExpectedPoints > MostPoints ? $"The window has more than {MostPoints:N0} points; use a longer step."
        : null;

    /// <summary>
    /// The level of a metric, and that of a critical one: any of those alone fails the canary, so that they share the level.
    /// </summary>
    private static (double Usual, double Critical) LevelsAt(CanaryConfig config, CanaryWindow window)
    {
        var level = 1 - config.Settings.Confidence;
        var critical = config.Metrics.Count(metric => metric.Analysis is { Critical: true, Muted: false });
        var usual = AlphaSpending.LevelAt(window.Look, window.Looks, level, window.IsSliding);
        return (usual, critical <= 1 ? usual : AlphaSpending.LevelAt(window.Look, window.Looks, level / critical, window.IsSliding));
    }

    private static CanaryMetricVerdict JudgeMetric(CanaryConfig config, CanaryMetricConfig metric, CanaryMetricSeries series, CanaryWindow window, (double Usual, double Critical) levels)
    {
        var known = MetricCase.Of(metric, series, series.IsSample ? 0 : window.ExpectedPoints, asPairs: !config.IsKayenta);
        if (series.Problem is { } problem)
            return known.Verdict(CanaryClassification.Error, problem, metric.Analysis.Critical && !config.IsKayenta);
        try
        {
            return config.IsKayenta ? KayentaMetricJudge.Judge(known)
                : MetricJudge.Judge(known, metric.Analysis is { Critical: true, Muted: false } ? levels.Critical : levels.Usual, config.Settings.Tolerance, window.Look == window.Looks);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or ArithmeticException)
        {
            // One metric that cannot be judged is told as such; for the score it is no good one.
            return known.Verdict(CanaryClassification.Error, e.Message, metric.Analysis.Critical && !config.IsKayenta);
        }
    }

    private static CanaryMetricSeries Silent(CanaryMetricConfig metric) => new() { Name = metric.Name, Control = [], Experiment = [] };
}
