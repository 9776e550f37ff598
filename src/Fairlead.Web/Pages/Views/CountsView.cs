using System.Globalization;
using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Pages.Views;

/// <summary>How many rows are in each cell, laid out for an SVG of <see cref="HistogramView.Width"/> by <see cref="HistogramView.Height"/> units.</summary>
/// <param name="Least">What is at the left end.</param>
/// <param name="Most">What is at the right end.</param>
public sealed record CountsView(string Description, IReadOnlyList<HistogramBar> Bars, string Least, string Most)
{
    public static CountsView? Of(ColumnProfile column)
    {
        if (column.Histogram is not { } histogram)
            return null;
        var most = Math.Max(1, histogram.Counts.DefaultIfEmpty().Max());
        var step = (double)HistogramView.Width / Math.Max(1, histogram.Counts.Count);
        var bars = histogram.Counts.Select((count, i) => new HistogramBar(i * step, step, 0, HistogramView.Height * (double)count / most, string.Create(CultureInfo.InvariantCulture, $"cell {i + 1}: {count:N0} rows")));
        return new CountsView($"{column.Name}: rows in {histogram.Counts.Count} cells from {histogram.From} to {histogram.To}", [.. bars], (histogram.IsClipped ? "≤ " : "") + histogram.From, (histogram.IsClipped ? "≥ " : "") + histogram.To);
    }
}
