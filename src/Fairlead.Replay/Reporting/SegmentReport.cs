namespace Fairlead.Replay.Reporting;

/// <summary>The predictions of one segment.</summary>
/// <param name="Values">For each column of the division its value.</param>
/// <param name="Outcomes">Rows with both scores and an outcome.</param>
public sealed record SegmentReport(IReadOnlyList<string> Values, long Rows, double? Agreement, long Outcomes, IReadOnlyList<MetricReport> Metrics);
