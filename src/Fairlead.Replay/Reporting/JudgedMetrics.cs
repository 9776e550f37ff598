namespace Fairlead.Replay.Reporting;

/// <summary>Metrics of rows whose truth is known.</summary>
internal sealed record JudgedMetrics(IReadOnlyList<MetricReport> Metrics, IReadOnlyList<CalibrationReport>? Recorded = null, IReadOnlyList<CalibrationReport>? Replayed = null);
