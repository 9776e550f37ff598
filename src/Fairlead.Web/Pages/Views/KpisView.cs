using Fairlead.Monitoring.Kpis;

namespace Fairlead.Web.Pages.Views;

/// <summary>All KPIs as they are now.</summary>
/// <param name="Problems">Why some have no value.</param>
public sealed record KpisView(IReadOnlyList<KpiRow> Rows, IReadOnlyList<string> Problems)
{
    public static KpisView Of(IReadOnlyList<KpiSeries> all) => new([.. all.SelectMany(RowsOf)], [.. all.Select(series => series.Problem).OfType<string>()]);

    private static IEnumerable<KpiRow> RowsOf(KpiSeries series)
    {
        var rows = (series.Current?.Values.Where(value => value.IsWhole) ?? []).Select(value => KpiRow.Of(series, value)).ToList();
        return rows.Count > 0 ? rows : [new KpiRow(series.Definition.Name, series.Definition.Service ?? "", "", "", "–", "–", series.Definition.Goal?.ToString() ?? "–", null, "0")];
    }
}
