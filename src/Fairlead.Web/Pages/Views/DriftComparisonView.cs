using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Web.Pages.Views;

/// <summary>One comparison of a report.</summary>
/// <param name="Id">For links within the page.</param>
public sealed record DriftComparisonView(string Id, string Title, StatusView Severity, IReadOnlyList<DriftFieldView> Fields, IReadOnlyList<FactView> Skipped)
{
    public static DriftComparisonView Of(DriftComparison comparison, int place) => new(
        $"comparison-{place}",
        $"{comparison.Period}: {PageText.Count(comparison.Rows)} rows against {comparison.Reference}, {PageText.Count(comparison.ReferenceRows)} rows",
        DriftView.StatusOf(comparison.Severity),
        [.. comparison.Fields.Select(DriftFieldView.Of)],
        [.. comparison.Skipped.Select(field => new FactView(field.Name, field.Reason))]);
}
