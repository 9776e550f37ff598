using System.Globalization;
using System.Text;

namespace Fairlead.Web.Pages.Views;

/// <summary>Values over time with their intervals as one line and a band about it, laid out for an SVG of <see cref="Width"/> by <see cref="Height"/> units.</summary>
public sealed record ChartView
{
    public const int Width = 640;
    public const int Height = 200;
    public const int Left = 64;
    public const int Right = 12;
    public const int Top = 10;
    public const int Bottom = 24;

    private static readonly TimeSpan ShortSpan = TimeSpan.FromMinutes(10);

    /// <summary>What a reader who does not see it is told.</summary>
    public required string Description { get; init; }

    /// <summary>Path data of the line.</summary>
    public required string Line { get; init; }

    /// <summary>Path data of the band between the ends of the intervals; empty without intervals.</summary>
    public required string Band { get; init; }

    /// <summary>Where a value of reference lies, such as no difference; null without one, or when it is out of sight.</summary>
    public required double? Reference { get; init; }

    public required IReadOnlyList<ChartTick> ValueTicks { get; init; }

    public required IReadOnlyList<ChartTick> TimeTicks { get; init; }

    /// <summary>Null when no point has a value.</summary>
    /// <param name="points">In the order of time.</param>
    /// <param name="format">How a value is written.</param>
    /// <param name="reference">Always in sight.</param>
    public static ChartView? Of(string description, IReadOnlyList<ChartPoint> points, Func<double, string> format, double? reference = null)
    {
        var known = points.Where(point => point.Value is { } value && double.IsFinite(value)).ToList();
        if (known.Count == 0)
            return null;
        var (low, high) = Range(known, reference);
        var (first, last) = (known[0].At, known[^1].At);
        return new ChartView
        {
            Description = description,
            Line = LineOf(known),
            Band = BandOf([.. known.Where(point => point is { Low: { } from, High: { } to } && double.IsFinite(from) && double.IsFinite(to))]),
            Reference = reference is { } value ? Y(value) : null,
            ValueTicks = [.. Steps(low, high).Select(step => new ChartTick(Y(step), format(step)))],
            TimeTicks = first == last ? [new ChartTick(X(first), TimeText(first, last - first))] : [new ChartTick(X(first), TimeText(first, last - first)), new ChartTick(X(last), TimeText(last, last - first))],
        };

        double X(DateTimeOffset at) => Left + ((Width - Left - Right) * (first == last ? 0.5 : (at - first) / (last - first)));

        double Y(double value) => Top + ((Height - Top - Bottom) * (high - Math.Clamp(value, low, high)) / (high - low));

        string LineOf(List<ChartPoint> line)
        {
            var path = new StringBuilder();
            for (var i = 0; i < line.Count; i++)
                Append(path, i == 0 ? 'M' : 'L', X(line[i].At), Y(line[i].Value!.Value));
            // A single point is seen as a dot by its round cap.
            return line.Count == 1 ? path.Append("h0").ToString() : path.ToString();
        }

        string BandOf(List<ChartPoint> band)
        {
            var path = new StringBuilder();
            for (var i = 0; i < band.Count; i++)
                Append(path, i == 0 ? 'M' : 'L', X(band[i].At) - (band.Count == 1 ? 1 : 0), Y(band[i].High!.Value));
            for (var i = band.Count - 1; i >= 0; i--)
                Append(path, 'L', X(band[i].At) + (band.Count == 1 ? 1 : 0), Y(band[i].Low!.Value));
            return path.Length == 0 ? "" : path.Append('Z').ToString();
        }
    }

    /// <summary>What is shown: the values, and intervals as far as they are not many times as wide as the last one.</summary>
    private static (double Low, double High) Range(List<ChartPoint> points, double? reference)
    {
        var values = points.Select(point => point.Value!.Value).Concat(reference is { } value ? [value] : []).ToList();
        var last = points[^1];
        if (last is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high))
        {
            var reach = 3 * (high - low);
            values.AddRange(points.Where(point => point.Low is not null).Select(point => Math.Clamp(point.Low!.Value, low - reach, high + reach)));
            values.AddRange(points.Where(point => point.High is not null).Select(point => Math.Clamp(point.High!.Value, low - reach, high + reach)));
        }

        var (least, most) = (values.Min(), values.Max());
        var margin = most > least ? (most - least) * 0.05 : Math.Max(Math.Abs(most) * 0.1, 1e-9);
        return (least - margin, most + margin);
    }

    /// <summary>About four round numbers.</summary>
    internal static IEnumerable<double> Steps(double low, double high)
    {
        var raw = (high - low) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        for (var i = (long)Math.Ceiling(low / step); i <= (long)Math.Floor(high / step); i++)
            yield return i * step;
    }

    private static void Append(StringBuilder path, char command, double x, double y) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");

    /// <param name="span">What is shown: where both ends may lie in one minute, they have seconds.</param>
    private static string TimeText(DateTimeOffset at, TimeSpan span) =>
        at.UtcDateTime.ToString(span > TimeSpan.Zero && span < ShortSpan ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
