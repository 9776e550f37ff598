namespace Fairlead.Web.Pages.Views;

/// <summary>One segment of a replay.</summary>
/// <param name="Metrics">Recorded and replayed, for each of the columns that the view names.</param>
public sealed record ReplaySegmentRow(string Name, string Rows, string Agree, string Outcomes, IReadOnlyList<string> Metrics);
