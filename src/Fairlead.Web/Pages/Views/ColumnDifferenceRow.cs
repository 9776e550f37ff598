using System.Globalization;
using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Pages.Views;

/// <summary>A column of two versions in a table.</summary>
/// <param name="IsMarked">It came, went, has another type, or is visibly distributed otherwise.</param>
public sealed record ColumnDifferenceRow(string Name, string Change, string Nulls, string Means, string Stability, string Distance, string Effect, bool IsMarked, HistogramView? Histogram, string Note)
{
    private const double Visible = 0.05;

    public static ColumnDifferenceRow Of(ColumnDifference column) => new(
        column.Name,
        column.Change switch
        {
            ColumnChange.Added => $"added, {column.RightType}",
            ColumnChange.Removed => $"removed, {column.LeftType}",
            ColumnChange.Retyped => $"{column.LeftType}, now {column.RightType}",
            _ => "",
        },
        column.LeftNulls is { } left && column.RightNulls is { } right && left + right > 0 ? string.Create(CultureInfo.InvariantCulture, $"{left:N0}, {right:N0}") : "",
        column.LeftMean is { } before && column.RightMean is { } after ? $"{PageText.Number(before)}, {PageText.Number(after)}" : "",
        Number(column.Stability),
        Number(column.Distance),
        Number(column.Effect),
        column.Change != ColumnChange.None || column.Effect > Visible,
        HistogramOf(column),
        column.Note ?? "");

    private static HistogramView? HistogramOf(ColumnDifference column)
    {
        var (left, right) = (Shares(column.LeftCells), Shares(column.RightCells));
        if (left.Count == 0 || left.Count != right.Count)
            return null;
        var most = Math.Max(1e-9, left.Concat(right).Max());
        var step = (double)HistogramView.Width / left.Count;
        return new HistogramView(
            $"{column.Name}: shares of {left.Count} cells in both versions",
            [.. left.Select((share, i) => new HistogramBar(i * step, step, HistogramView.Height * share / most, HistogramView.Height * right[i] / most, $"{column.Cells.ElementAtOrDefault(i)}: {Percent(right[i])}, was {Percent(share)}"))]);
    }

    private static List<double> Shares(IReadOnlyList<long> cells)
    {
        var total = Math.Max(1, cells.Sum());
        return [.. cells.Select(cell => (double)cell / total)];
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
