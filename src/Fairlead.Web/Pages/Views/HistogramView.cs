using System.Globalization;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Web.Pages.Views;

/// <summary>Live shares as bars before those of the reference, laid out for an SVG of <see cref="Width"/> by <see cref="Height"/> units.</summary>
public sealed record HistogramView(string Description, IReadOnlyList<HistogramBar> Bars)
{
    public const int Width = 240;
    public const int Height = 48;

    public static HistogramView Of(FieldDrift field)
    {
        var most = Math.Max(1e-9, field.Cells.Select(cell => Math.Max(cell.Reference, cell.Live)).DefaultIfEmpty().Max());
        var step = (double)Width / Math.Max(1, field.Cells.Count);
        return new HistogramView(
            $"{field.Name}: live shares of {field.Cells.Count} cells against the reference",
            [.. field.Cells.Select((cell, i) => new HistogramBar(i * step, step, Height * cell.Reference / most, Height * cell.Live / most, $"{cell.Label}: live {Percent(cell.Live)}, reference {Percent(cell.Reference)}"))]);
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
