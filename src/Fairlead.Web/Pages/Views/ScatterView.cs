using System.Globalization;
using System.Text;

namespace Fairlead.Web.Pages.Views;

/// <summary>Points over an axis of numbers or of words, and perhaps a line, laid out for an SVG of the same units as <see cref="ChartView"/>.</summary>
public sealed record ScatterView
{
    private const double Margin = 0.05;

    public required string Title { get; init; }

    /// <summary>What a reader who does not see it is told.</summary>
    public required string Description { get; init; }

    /// <summary>Places of the points in the SVG; the one that is marked is the last, so that none hides it.</summary>
    public required IReadOnlyList<ScatterPoint> Points { get; init; }

    /// <summary>Path data of the line; empty without one.</summary>
    public required string Line { get; init; }

    public required IReadOnlyList<ChartTick> YTicks { get; init; }

    public required IReadOnlyList<ChartTick> XTicks { get; init; }

    /// <summary>Null when there is no point.</summary>
    /// <param name="line">Values at the points' places, in their order.</param>
    /// <param name="words">What stands below 0, 1, 2, … where the axis is one of words; null for numbers.</param>
    /// <param name="isLog">True: each power of ten takes the same room; all places are above 0.</param>
    public static ScatterView? Of(string title, string description, IReadOnlyList<ScatterPoint> points, IReadOnlyList<double>? line = null, IReadOnlyList<string>? words = null, bool isLog = false)
    {
        var known = points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        if (known.Count == 0)
            return null;
        var x = words is null ? Axis.Of(known.Select(point => point.X), isLog) : new Axis(-0.5, words.Count - 0.5, IsLog: false);
        var y = Axis.Of(known.Select(point => point.Y), isLog: false);
        return new ScatterView
        {
            Title = title,
            Description = description,
            Points = [.. known.OrderBy(point => point.IsMarked).Select(point => point with { X = X(point.X), Y = Y(point.Y) })],
            Line = line is null ? "" : Steps(points.Zip(line, (point, value) => (X(point.X), Y(value)))),
            YTicks = [.. y.Ticks(4).Select(tick => new ChartTick(Y(tick), PageText.Number(tick)))],
            XTicks = words is null ? [.. x.Ticks(6).Select(tick => new ChartTick(X(tick), PageText.Number(tick)))] : [.. words.Select((word, index) => new ChartTick(X(index), word))],
        };

        double X(double value) => ChartView.Left + ((ChartView.Width - ChartView.Left - ChartView.Right) * x.Share(value));

        double Y(double value) => ChartView.Height - ChartView.Bottom - ((ChartView.Height - ChartView.Top - ChartView.Bottom) * y.Share(value));
    }

    /// <summary>Level until the next point, as what was best so far is.</summary>
    private static string Steps(IEnumerable<(double X, double Y)> places)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in places)
        {
            var isFirst = path.Length == 0;
            path.Append(CultureInfo.InvariantCulture, $"{(isFirst ? 'M' : 'H')}{x:0.#}{(isFirst ? ' ' : 'V')}{y:0.#}");
        }

        return path.ToString();
    }

    private sealed record Axis(double Low, double High, bool IsLog)
    {
        public static Axis Of(IEnumerable<double> values, bool isLog)
        {
            var places = values.Select(value => isLog ? Math.Log10(value) : value).ToList();
            var (low, high) = (places.Min(), places.Max());
            var margin = high > low ? (high - low) * Margin : Math.Max(Math.Abs(high) * 0.1, 1e-9);
            return new Axis(low - margin, high + margin, isLog);
        }

        public double Share(double value) => ((IsLog ? Math.Log10(value) : value) - Low) / (High - Low);

        /// <summary>Round numbers, about as many; on a logarithmic axis powers of ten where there are enough.</summary>
        public IEnumerable<double> Ticks(int about)
        {
            var raw = (High - Low) / about;
            var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
            var step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
            if (IsLog)
                step = Math.Max(1, step);
            for (var i = (long)Math.Ceiling(Low / step); i <= (long)Math.Floor(High / step); i++)
                yield return IsLog ? Math.Pow(10, i * step) : i * step;
        }
    }
}
