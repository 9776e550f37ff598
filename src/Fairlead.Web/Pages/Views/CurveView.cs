using System.Globalization;
using System.Text;
using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>A metric of one run or several over its positions, laid out for an SVG of the size of a <see cref="ChartView"/>.</summary>
public sealed record CurveView
{
    /// <summary>Lines that can be told apart.</summary>
    public const int MostLines = 8;

    /// <summary>Beyond it the span between two values would not be a number.</summary>
    private const double Largest = 1e300;

    public required string Name { get; init; }

    /// <summary>What a reader who does not see it is told.</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<CurveLine> Lines { get; init; }

    public required IReadOnlyList<ChartTick> ValueTicks { get; init; }

    /// <summary>The first and the last position.</summary>
    public required IReadOnlyList<ChartTick> StepTicks { get; init; }

    /// <summary>One for each metric, by name, over all runs that have it.</summary>
    public static IReadOnlyList<CurveView> Of(IReadOnlyList<(string Run, IReadOnlyList<MetricCurve> Curves)> runs)
    {
        var shown = runs.Take(MostLines).ToList();
        return
        [
            .. shown.SelectMany(run => run.Curves).Select(curve => curve.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => Of(name, [.. shown.Select((run, place) => (run.Run, place, run.Curves.FirstOrDefault(curve => curve.Name == name))).Where(line => line.Item3 is { Steps.Count: > 0 }).Select(line => (line.Run, line.place, line.Item3!))])),
        ];
    }

    private static CurveView Of(string name, IReadOnlyList<(string Run, int Place, MetricCurve Curve)> lines)
    {
        var values = lines.SelectMany(line => line.Curve.Values).Select(value => Math.Clamp(value, -Largest, Largest)).ToList();
        var (low, high) = Widen(values.Min(), values.Max());
        var (first, last) = (lines.Min(line => line.Curve.Steps[0]), lines.Max(line => line.Curve.Steps[^1]));
        return new CurveView
        {
            Name = name,
            Description = $"{name} over {PageText.Number(first)} to {PageText.Number(last)}: " + string.Join(", ", lines.Select(line => $"{line.Run} from {PageText.Number(line.Curve.Values[0])} to {PageText.Number(line.Curve.Values[^1])}")),
            Lines = [.. lines.Select(line => new CurveLine(line.Run, $"series-{line.Place}", Path(line.Curve)))],
            ValueTicks = [.. ChartView.Steps(low, high).Select(step => new ChartTick(Y(step), PageText.Number(step)))],
            StepTicks = first == last ? [new ChartTick(X(first), PageText.Number(first))] : [new ChartTick(X(first), PageText.Number(first)), new ChartTick(X(last), PageText.Number(last))],
        };

        double X(double step) => ChartView.Left + ((ChartView.Width - ChartView.Left - ChartView.Right) * (first == last ? 0.5 : ((step / 2) - (first / 2)) / ((last / 2) - (first / 2))));

        double Y(double value) => ChartView.Top + ((ChartView.Height - ChartView.Top - ChartView.Bottom) * (high - Math.Clamp(value, low, high)) / (high - low));

        string Path(MetricCurve curve)
        {
            var path = new StringBuilder();
            for (var i = 0; i < curve.Steps.Count; i++)
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(curve.Steps[i]):0.#} {Y(curve.Values[i]):0.#}");
            // A single point is seen as a dot by its round cap.
            return curve.Steps.Count == 1 ? path.Append("h0").ToString() : path.ToString();
        }
    }

    private static (double Low, double High) Widen(double low, double high)
    {
        var margin = high > low ? (high - low) * 0.05 : Math.Max(Math.Abs(high) * 0.1, 1e-9);
        return (low - margin, high + margin);
    }
}
