namespace Fairlead.Replay.Reporting;

/// <summary>How long it took, and how long it had taken.</summary>
/// <param name="ScoringSeconds">From the first row that was read to the last that was written.</param>
/// <param name="RecordedP50">Latency of the recorded answers in milliseconds, from arrival to hand-over.</param>
public sealed record ReplayTiming(double ScoringSeconds, double RowsPerSecond, double? RecordedP50, double? RecordedP90, double? RecordedP99);
