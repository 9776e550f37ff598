using Fairlead.Monitoring.Alerts;

namespace Fairlead.Web.Pages.Views;

/// <summary>All alerts, firing ones first.</summary>
public sealed record AlertsView(IReadOnlyList<AlertRow> Rows)
{
    public static AlertsView Of(IReadOnlyList<AlertReport> reports, DateTimeOffset now) => new([.. reports.SelectMany(report => AlertRow.Of(report, now))]);
}
