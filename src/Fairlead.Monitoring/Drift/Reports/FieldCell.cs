namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>One bar of a field's histogram.</summary>
/// <param name="Label">A value, a range such as <c>(10, 20]</c>, <c>others</c> or <c>no value</c>.</param>
/// <param name="Reference">Share, 0 to 1.</param>
/// <param name="Live">Share, 0 to 1.</param>
public sealed record FieldCell(string Label, double Reference, double Live);
