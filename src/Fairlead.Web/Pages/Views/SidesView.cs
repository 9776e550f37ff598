using System.Globalization;
using System.Text;
using Fairlead.Statistics.Canary;

namespace Fairlead.Web.Pages.Views;

/// <summary>
/// Two sides of a metric on one scale, for an SVG of <see cref="Width"/> by <see cref="Height"/> units: points in the order of time, or, where they are a sample, from the least to the
/// largest.
/// </summary>
/// <param name="Description">What a reader who does not see it is told.</param>
/// <param name="Control">Path data.</param>
/// <param name="Low">The least value of both.</param>
public sealed record SidesView(string Description, string Control, string Experiment, string Low, string High)
{
    public const int Width = 280;
    public const int Height = 72;
    private const int Margin = 4;

    /// <summary>Points of a line that shows an order.</summary>
    private const int MostPoints = 60;

    /// <summary>Null when no side has a point.</summary>
    public static SidesView? Of(string description, CanaryMetricSeries series)
    {
        var control = Points(series.Control, series.IsSample);
        var experiment = Points(series.Experiment, series.IsSample);
        var known = control.Concat(experiment).Where(double.IsFinite).ToList();
        if (known.Count == 0)
            return null;
        var (low, high) = (known.Min(), known.Max());
        return new SidesView(
            $"{description}, {(series.IsSample ? "from the least to the largest value" : "over time")}", Path(control, low, high), Path(experiment, low, high), PageText.Number(low), PageText.Number(high));
    }

    /// <summary>As they are, or evenly from a sample in order.</summary>
    private static double[] Points(IReadOnlyList<double> values, bool isSample)
    {
        if (!isSample)
            return [.. values];
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        var count = Math.Min(MostPoints, sorted.Length);
        return [.. Enumerable.Range(0, count).Select(i => sorted[count == 1 ? 0 : (int)((long)i * (sorted.Length - 1) / (count - 1))])];
    }

    /// <summary>With a gap where a point is missing.</summary>
    private static string Path(double[] points, double low, double high)
    {
        var path = new StringBuilder();
        var isOpen = false;
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsFinite(points[i]))
            {
                isOpen = false;
                continue;
            }

            var x = Margin + ((Width - (2.0 * Margin)) * (points.Length == 1 ? 0.5 : (double)i / (points.Length - 1)));
            var y = Margin + ((Height - (2.0 * Margin)) * (high > low ? (high - points[i]) / (high - low) : 0.5));
            var isAlone = !isOpen && (i + 1 == points.Length || !double.IsFinite(points[i + 1]));
            // A single point is seen as a dot by its round cap.
            path.Append(CultureInfo.InvariantCulture, $"{(isOpen ? 'L' : 'M')}{x:0.#} {y:0.#}{(isAlone ? "h0" : "")}");
            isOpen = true;
        }

        return path.ToString();
    }
}
