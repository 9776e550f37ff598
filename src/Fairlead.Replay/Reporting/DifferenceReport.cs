using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>How the numbers of one output differ. The quantiles are of the differences without their sign.</summary>
public sealed record DifferenceReport(
    int Rows, double Mean, double MeanAbsolute, double MaxAbsolute, double P50, double P90, double P99, double P999, IReadOnlyList<DifferenceBin> Histogram)
{
    /// <returns>Null when no row could be compared.</returns>
    public static DifferenceReport? Of(DifferenceSummary summary) => summary.Rows == 0
        ? null
        : new DifferenceReport(
            summary.Rows, summary.Mean, summary.MeanAbsolute, summary.MaxAbsolute, summary.P50, summary.P90, summary.P99, summary.P999, summary.Histogram);
}
