using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>One metric of the recorded and of the replayed answers over the same rows.</summary>
/// <param name="Low">Lower end of the 95 % interval of the difference, replayed minus recorded; null when there is none.</param>
public sealed record MetricReport(string Name, double? Recorded, double? Replayed, double? Difference, double? Low, double? High)
{
    public static MetricReport Of(MetricComparison metric) =>
        new(metric.Metric, Known(metric.Baseline), Known(metric.Candidate), Known(metric.Difference), Known(metric.Low), Known(metric.High));

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
