using System.Globalization;
using Fairlead.Delivery.Measures;

namespace Fairlead.Web.Pages.Views;

/// <summary>Deployments over time as bars, those that failed as their lower part, laid out for an SVG of <see cref="Width"/> by <see cref="Height"/> units.</summary>
public sealed record BarsView(string Description, IReadOnlyList<BarView> Bars, string Least, string Most, int Top)
{
    public const int Width = 640;
    public const int Height = 96;
    private const double Gap = 0.15;

    public static BarsView Of(IReadOnlyList<DeliveryCount> counts)
    {
        var top = Math.Max(1, counts.Select(count => count.Deployments).DefaultIfEmpty().Max());
        var step = (double)Width / Math.Max(1, counts.Count);
        return new BarsView(
            $"{counts.Sum(count => count.Deployments)} deployments, of which {counts.Sum(count => count.Failed)} failed, over {counts.Count} periods",
            [.. counts.Select((count, i) => new BarView((i + (Gap / 2)) * step, step * (1 - Gap), Height * (double)count.Deployments / top, Height * (double)count.Failed / top, $"{Day(count.From)}: {count.Deployments}, of which {count.Failed} failed"))],
            counts.Count == 0 ? "" : Day(counts[0].From),
            counts.Count == 0 ? "" : Day(counts[^1].Until),
            top);
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
