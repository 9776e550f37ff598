namespace Fairlead.Web.Pages.Views;

/// <summary>One metric of the recorded and of the replayed answers.</summary>
/// <param name="Interval">Of the difference; empty when there is none.</param>
/// <param name="IsCertain">True when the interval leaves zero out.</param>
public sealed record ReplayMetricRow(string Name, string Recorded, string Replayed, string Difference, string Interval, bool IsCertain);
