namespace Fairlead.Web.Pages.Views;

/// <summary>One output, recorded and replayed.</summary>
/// <param name="Histogram">Of the differences; null when there are none.</param>
public sealed record ReplayOutputRow(string Name, string Rows, string Agree, string Identical, string Mean, string P50, string P99, string Largest, HistogramView? Histogram);
