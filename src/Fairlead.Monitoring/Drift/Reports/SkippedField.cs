namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>A field that was not compared, and why.</summary>
public sealed record SkippedField(string Name, FieldSource Source, string Reason);
