using System.Globalization;
using Fairlead.Statistics.Canary;

namespace Fairlead.Web.Pages.Views;

/// <summary>What one metric of a canary came to.</summary>
/// <param name="Sides">Both sides drawn; null without points.</param>
public sealed record CanaryMetricView(
    string Name, string Groups, StatusView Status, string Control, string Experiment, string Estimate, string Interval, string Bound, string Detectable, string Points, string Reason, SidesView? Sides)
{
    /// <param name="series">Null when its points are gone.</param>
    public static CanaryMetricView Of(CanaryMetricVerdict metric, CanaryMetricSeries? series)
    {
        var isShare = metric.Test == CanaryTest.Shares;
        return new CanaryMetricView(
            metric.Name + (metric.Tags is { } tags ? $" ({tags})" : ""),
            string.Join(", ", metric.Groups),
            StatusOf(metric),
            Mean(metric.Control),
            Mean(metric.Experiment),
            Text(metric.Estimate, isShare),
            metric is { Low: { } low, High: { } high } ? $"{Text(low, isShare)} … {Text(high, isShare)}" : "–",
            metric.Bound is { } bound ? $"±{Text(bound, isShare)}" : "–",
            Text(metric.DetectableShift, isShare),
            $"{metric.Control.Points} and {metric.Experiment.Points}",
            metric.Reason,
            series is null ? null : SidesView.Of($"{metric.Name}: control and candidate", series));
    }

    private static StatusView StatusOf(CanaryMetricVerdict metric)
    {
        var (text, tone) = metric.Classification switch
        {
            CanaryClassification.Pass => ("good", StatusView.Good),
            CanaryClassification.High => ("higher", StatusView.Bad),
            CanaryClassification.Low => ("lower", StatusView.Bad),
            CanaryClassification.Nodata => (metric.IsLeftOut ? "silent, left out" : "too few data", StatusView.Quiet),
            CanaryClassification.NodataFail => ("lacks data", StatusView.Bad),
            CanaryClassification.Error => ("error", StatusView.Bad),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Classification, "unknown classification"),
        };
        var isCritical = metric.IsCritical && metric.Classification != CanaryClassification.Pass;
        return new StatusView($"{text}{(isCritical ? ", critical" : "")}{(metric.IsMuted ? ", muted" : "")}", metric.IsMuted ? StatusView.Quiet : tone);
    }

    private static string Mean(CanarySide side) => side.Mean is { } mean ? PageText.Number(mean) : "–";

    private static string Text(double? value, bool isShare) => value is not { } known ? "–"
        : isShare ? (known * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"
        : known.ToString("G4", CultureInfo.InvariantCulture);
}
