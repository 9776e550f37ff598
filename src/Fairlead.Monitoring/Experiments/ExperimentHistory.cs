using Fairlead.Monitoring.Experiments.Judging;

namespace Fairlead.Monitoring.Experiments;

/// <summary>Keeps reports in short, so that one sees how the intervals closed in.</summary>
internal static class ExperimentHistory
{
    /// <summary>Reports nearer than that to the last kept one are not kept.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMinutes(59);

    /// <summary>Moments kept; beyond, every second one goes.</summary>
    private const int MostMoments = 500;

    public static IReadOnlyList<ExperimentPoint> Add(IReadOnlyList<ExperimentPoint> history, ExperimentReport report)
    {
        if (history.Count > 0 && report.At - history[^1].At < Spacing)
            return history;
        List<ExperimentPoint> longer = [.. history, .. report.Metrics.SelectMany(metric => metric.Comparisons.Select(comparison => PointOf(report, metric, comparison)))];
        var moments = longer.Select(point => point.At).Distinct().ToList();
        if (moments.Count <= MostMoments)
            return longer;
        var kept = moments.Where((_, i) => i % 2 == (moments.Count - 1) % 2).ToHashSet();
        return [.. longer.Where(point => kept.Contains(point.At))];
    }

    private static ExperimentPoint PointOf(ExperimentReport report, MetricReport metric, ComparisonReport comparison)
    {
        var hasLift = comparison.Lift is not null;
        var units = metric.Arms[0].Units + metric.Arms.First(arm => arm.ServerGroup == comparison.Treatment).Units;
        return new ExperimentPoint(
            report.At,
            metric.Name,
            comparison.Treatment,
            units,
            hasLift ? comparison.Lift : comparison.Difference,
            hasLift ? comparison.LiftLow : comparison.Low,
            hasLift ? comparison.LiftHigh : comparison.High,
            comparison.PValue);
    }
}
