namespace Fairlead.Monitoring.Kpis;

/// <summary>What a point was computed from.</summary>
/// <param name="Hash">Over the rows and their outcomes, whatever their order.</param>
public sealed record KpiFingerprint(long Rows, string Hash);
