using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Web.Pages.Views;

/// <summary>One service in one environment in the list.</summary>
/// <param name="Severity">Null before its first report.</param>
/// <param name="Fields">Names of what drifted against the training data, the worst first.</param>
public sealed record DriftRow(string Service, string Environment, StatusView? Severity, string Fields, string Rows, TimeView? At)
{
    private const int Shown = 5;

    public static DriftRow Of(string service, string environment, DriftReport? report, DateTimeOffset now)
    {
        if (report is null)
            return new DriftRow(service, environment, null, "", "", null);
        var drifted = report.Comparisons.SelectMany(comparison => comparison.Fields).Where(field => field.Severity != DriftSeverity.None)
            .OrderByDescending(field => field.Effect).Select(field => field.Name).Distinct().ToList();
        var names = string.Join(", ", drifted.Take(Shown)) + (drifted.Count > Shown ? $" and {drifted.Count - Shown} more" : "");
        return new DriftRow(service, environment, DriftView.StatusOf(report.Severity), names.Length == 0 ? "–" : names, PageText.Count(report.Rows), TimeView.Of(report.At, now));
    }
}
