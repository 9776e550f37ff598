using System.Globalization;
using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Pages.Views;

/// <summary>A column of a profile in a table.</summary>
/// <param name="Top">The most frequent values, in one line; empty for none.</param>
public sealed record ColumnRow(string Name, string Type, string Missing, string Distinct, string Min, string Median, string Max, string Mean, CountsView? Counts, string Top)
{
    private const int MostValues = 5;

    public static ColumnRow Of(ColumnProfile column, long rows) => new(
        column.Name,
        column.Type,
        Share(column.Nulls + column.NotFinite, rows),
        column.Distinct?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
        column.Min ?? "",
        column.Quantiles.FirstOrDefault(quantile => quantile.Share == 0.5)?.Value ?? "",
        column.Max ?? "",
        column.Mean is { } mean ? PageText.Number(mean) : "",
        CountsView.Of(column),
        string.Join(", ", column.Top.Take(MostValues).Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Value} ({value.Rows:N0})"))));

    private static string Share(long count, long rows) => count == 0 || rows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / rows:0.##} %");
}
