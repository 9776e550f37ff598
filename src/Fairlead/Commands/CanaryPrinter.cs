using System.Globalization;
using Fairlead.Statistics.Canary;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what a canary came to: the metrics, the groups, the score.</summary>
internal static class CanaryPrinter
{
    public static void Print(IAnsiConsole console, CanaryVerdict verdict, IReadOnlyList<CanaryMetricSeries> series)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("metric", "control", "experiment", "points", "estimate", "interval", "bound", "verdict");
        foreach (var (metric, points) in verdict.Metrics.Zip(series))
        {
            table.AddRow(
                new Text(metric.Name),
                new Text(CanaryText.Trend(points.Control, points)),
                new Text(CanaryText.Trend(points.Experiment, points)),
                new Text($"{metric.Control.Points}, {metric.Experiment.Points}"),
                new Text(CanaryText.Estimate(metric)),
                new Text(CanaryText.Interval(metric)),
                new Text(metric.Bound is { } bound ? "±" + CanaryText.Number(bound) : ""),
                new Text(CanaryText.Verdict(metric), new Style(Colour(metric))));
        }

        console.Write(table);
        foreach (var metric in verdict.Metrics)
            console.MarkupLineInterpolated($"[bold]{metric.Name}[/]: {metric.Reason}");
        console.WriteLine();
        foreach (var group in verdict.Groups)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"group {group.Name}: {CanaryText.Score(group.Score)} at a weight of {group.Weight:0.##} % ({group.Passed} good, {group.Failed} bad, {group.Nodata} without data, {group.Errors} with an error)");
        console.MarkupLineInterpolated($"[bold]{CanaryText.Outcome(verdict.Outcome)}[/]: {verdict.Reason}");
    }

    private static Color Colour(CanaryMetricVerdict metric) => metric.Classification switch
    {
        CanaryClassification.Pass => Color.Green,
        CanaryClassification.High or CanaryClassification.Low or CanaryClassification.NodataFail => Color.Red,
        _ => Color.Yellow,
    };
}
