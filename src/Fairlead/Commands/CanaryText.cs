using System.Globalization;
using Fairlead.Statistics.Canary;

namespace Fairlead.Commands;

/// <summary>How verdicts of canaries are written.</summary>
internal static class CanaryText
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int Width = 16;

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Score(double? score) => score is { } value ? value.ToString("0.##", CultureInfo.InvariantCulture) : "–";

    public static string Estimate(CanaryMetricVerdict metric) => metric.Estimate is { } estimate ? Value(metric, estimate) : "–";

    public static string Interval(CanaryMetricVerdict metric) =>
        metric.Low is { } low && metric.High is { } high ? $"{Value(metric, low)} … {Value(metric, high)}" : "";

    public static string Verdict(CanaryMetricVerdict metric) =>
        (metric.Classification switch
        {
            CanaryClassification.Pass => "good",
            CanaryClassification.High => "higher",
            CanaryClassification.Low => "lower",
            CanaryClassification.Nodata => metric.IsLeftOut ? "silent, left out" : "too few data",
            CanaryClassification.NodataFail => "lacks data",
            CanaryClassification.Error => "error",
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Classification, "unknown classification"),
        }) + (metric.IsCritical && metric.Classification != CanaryClassification.Pass ? ", critical" : "") + (metric.IsMuted ? ", muted" : "");

    public static string Outcome(CanaryOutcome outcome) => outcome switch
    {
        CanaryOutcome.Pass => "good",
        CanaryOutcome.Marginal => "marginal",
        CanaryOutcome.Fail => "bad",
        CanaryOutcome.Nodata => "not enough data",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "unknown outcome"),
    };

    /// <summary>Means of equal stretches of one side as bars between the least and the largest mean of both; blanks where there is none.</summary>
    public static string Trend(IReadOnlyList<double> side, CanaryMetricSeries both)
    {
        double[] known = [.. Means(both.Control).Concat(Means(both.Experiment)).Where(double.IsFinite)];
        if (known.Length == 0)
            return "";
        var (low, high) = (known.Min(), known.Max());
        return string.Concat(Means(side).Select(mean => double.IsFinite(mean) ? Bar((mean - low) / (high - low)) : ' '));
    }

    private static char Bar(double share) => double.IsFinite(share) ? Bars[(int)Math.Round(share * (Bars.Length - 1))] : Bars[Bars.Length / 2];

    private static List<double> Means(IReadOnlyList<double> values)
    {
        var stretches = Math.Min(Width, values.Count);
        return [.. Enumerable.Range(0, stretches).Select(i => Mean(values, (int)((long)i * values.Count / stretches), (int)((i + 1L) * values.Count / stretches)))];
    }

    private static double Mean(IReadOnlyList<double> values, int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => values[i]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static string Value(CanaryMetricVerdict metric, double value) =>
        metric.Test == CanaryTest.Shares ? (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %" : Number(value);
}
