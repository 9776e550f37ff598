using System.Globalization;
using Fairlead.Monitoring.Kpis;

namespace Fairlead.Web.Pages.Views;

/// <summary>One value of a KPI.</summary>
/// <param name="Part">The server group or segment; empty for the whole service.</param>
/// <param name="Verdict">Null without a goal.</param>
public sealed record KpiRow(string Kpi, string Service, string Environment, string Part, string Value, string Interval, string Goal, StatusView? Verdict, string Rows)
{
    public static KpiRow Of(KpiSeries series, KpiValue value) => new(
        series.Definition.Name,
        value.Service,
        value.Environment,
        value.ServerGroup ?? (value.By is { } by ? $"{by} = {value.Segment}" : ""),
        Number(value.Value),
        value.Low is { } low ? $"{Number(low)} … {Number(value.High)}" : "–",
        series.Definition.Goal?.ToString() ?? "–",
        series.Definition.Goal is null ? null : VerdictOf(value.Verdict),
        PageText.Count(value.Rows));

    public static string Number(double? value) => value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static StatusView VerdictOf(KpiVerdict verdict) => verdict switch
    {
        KpiVerdict.Met => new StatusView("met", StatusView.Good),
        KpiVerdict.Missed => new StatusView("missed", StatusView.Bad),
        KpiVerdict.Unsure => new StatusView("missed, perhaps by chance", StatusView.Busy),
        KpiVerdict.Unknown => new StatusView("not known", StatusView.Quiet),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "unknown verdict"),
    };
}
