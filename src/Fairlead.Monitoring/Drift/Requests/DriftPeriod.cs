namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>A stretch of time.</summary>
/// <param name="Since">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
public sealed record DriftPeriod(string Name, DateTimeOffset Since, DateTimeOffset Until);
