namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>Rows that have one value in another field.</summary>
/// <param name="By">The other field.</param>
/// <param name="Share">Of the live rows, 0 to 1.</param>
/// <param name="Contribution">By what share the index falls when these rows are left out on both sides; below 0 when it rises.</param>
/// <param name="StabilityIndex">Of these rows alone.</param>
public sealed record DriftSegment(string By, string Value, double Share, double Contribution, double StabilityIndex);
