using Fairlead.Monitoring.Kpis;

namespace Fairlead.Web.Pages.Views;

/// <summary>The goals of KPIs as the overview lists them.</summary>
internal static class GoalRows
{
    private static readonly string[] Order = [StatusView.Bad, StatusView.Busy, StatusView.Quiet, StatusView.Good];

    /// <summary>Of each service and environment; missed ones first.</summary>
    public static IReadOnlyList<KpiRow> Of(IReadOnlyList<KpiSeries> all) =>
    [
        .. all.Where(series => series.Definition.Goal is not null)
            .SelectMany(series => (series.Current?.Values.Where(value => value.IsWhole) ?? []).Select(value => KpiRow.Of(series, value)))
            .OrderBy(row => Array.IndexOf(Order, row.Verdict!.Tone)).ThenBy(row => row.Kpi, StringComparer.Ordinal).ThenBy(row => row.Service, StringComparer.Ordinal).ThenBy(row => row.Environment, StringComparer.Ordinal),
    ];
}
