using Fairlead.Monitoring.Kpis;

namespace Fairlead.Web.Pages.Views;

/// <summary>One KPI: now, and how it went.</summary>
public sealed record KpiView
{
    private const int MostCharts = 12;

    public required string Name { get; init; }

    public required string Sql { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    public required string? Problem { get; init; }

    public required bool IsProvisional { get; init; }

    public required TimeView? ComputedAt { get; init; }

    public required IReadOnlyList<KpiRow> Rows { get; init; }

    public required IReadOnlyList<KpiChart> Charts { get; init; }

    public static KpiView Of(KpiSeries series, DateTimeOffset now)
    {
        var definition = series.Definition;
        var points = series.History.Concat(series.Current is { Problem: null } current ? [current] : []).ToList();
        var parts = points.SelectMany(point => point.Values).Where(value => value.By is null).Select(value => (value.Service, value.Environment, value.ServerGroup)).Distinct()
            .OrderBy(part => part.ServerGroup is not null).ThenBy(part => part.Service, StringComparer.Ordinal).ThenBy(part => part.Environment, StringComparer.Ordinal).ThenByDescending(part => part.ServerGroup, StringComparer.Ordinal);
        return new KpiView
        {
            Name = definition.Name,
            Sql = definition.Sql,
            Facts =
            [
                new FactView("Goal", definition.Goal?.ToString() ?? "none, it is only watched"),
                new FactView("Window", PageText.Duration(definition.Window)),
                new FactView("Outcomes come within", definition.OutcomeDelay == TimeSpan.Zero ? "does not need any" : PageText.Duration(definition.OutcomeDelay)),
                new FactView("Least rows", PageText.Count(definition.MinRows)),
            ],
            Problem = series.Problem,
            IsProvisional = series.Current is { IsProvisional: true },
            ComputedAt = series.Current is { } point ? TimeView.Of(point.ComputedAt, now) : null,
            Rows = [.. (series.Current?.Values ?? []).Select(value => KpiRow.Of(series, value))],
            Charts = [.. parts.Select(part => ChartOf(series, points, part.Service, part.Environment, part.ServerGroup)).OfType<KpiChart>().Take(MostCharts)],
        };
    }

    private static KpiChart? ChartOf(KpiSeries series, IReadOnlyList<KpiPoint> points, string service, string environment, string? group)
    {
        var line = new List<ChartPoint>();
        foreach (var point in points)
        {
            if (point.Values.FirstOrDefault(value => value.By is null && value.Service == service && value.Environment == environment && value.ServerGroup == group) is { } value)
                line.Add(new ChartPoint(point.Until, value.Value, value.Low, value.High));
        }

        var title = group ?? $"{service} in {environment}";
        return ChartView.Of($"{series.Definition.Name} of {title}, window by window", line, value => KpiRow.Number(value), series.Definition.Goal?.Value) is { } chart ? new KpiChart(title, chart) : null;
    }
}
