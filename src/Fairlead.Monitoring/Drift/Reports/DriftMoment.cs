namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>The rows of a day, or an hour, against the reference.</summary>
/// <param name="IsBeyond">Significant and large enough to matter, by itself.</param>
public sealed record DriftMoment(DateTimeOffset At, long Rows, double StabilityIndex, bool IsBeyond);
