using System.Globalization;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Web.Pages.Views;

/// <summary>One look at a canary.</summary>
/// <param name="Groups">Such as "latency" and "100 at a weight of 50 %".</param>
/// <param name="Pairs">What requests that both sides answered say, a sentence each.</param>
public sealed record CanaryView(CanaryRow Canary, string Reason, IReadOnlyList<FactView> Facts, IReadOnlyList<FactView> Groups, IReadOnlyList<CanaryMetricView> Metrics, IReadOnlyList<FactView> Pairs)
{
    public static CanaryView Of(CanaryReport report, IReadOnlyList<CanaryMetricSeries> series, DateTimeOffset now)
    {
        var row = CanaryRow.Of(report, now);
        var window = report.Verdict.Window;
        List<FactView> facts =
        [
            new("Candidate", row.Experiment + (report.IsShadow ? ", a shadow" : ""), PagePaths.Trace($"group:{row.Experiment}")),
            new("Compared with", row.Control, PagePaths.Trace($"group:{row.Control}")),
            new("From", Moment(window.Start)),
            new("Until", Moment(window.End)),
            new("A point each", PageText.Duration(window.Step)),
            new("Judge", report.Verdict.Judge),
            new("Good from", PageText.Number(report.Verdict.Thresholds.Pass)),
            new("Bad below", PageText.Number(report.Verdict.Thresholds.Marginal)),
            new("Points", report.Series.ToString()),
        ];
        if (row.For is { } asked)
            facts.Insert(0, asked);
        return new CanaryView(
            row,
            report.Reason,
            facts,
            [.. report.Verdict.Groups.Select(group => new FactView(group.Name, $"{(group.Score is { } score ? PageText.Number(score) : "–")} at a weight of {group.Weight.ToString("0.#", CultureInfo.InvariantCulture)} %"))],
            [.. report.Verdict.Metrics.Select((metric, i) => CanaryMetricView.Of(metric, i < series.Count ? series[i] : null))],
            [.. report.Pairs.Select(pair => new FactView(pair.Metric, PairText(pair)))]);
    }

    private static string PairText(PairedSummary pair) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pair.Pairs:N0} pairs, {pair.Agreement * 100:0.##} % agree{(pair.MeanDifference is { } mean ? $"; difference {mean:G4} in the mean, {pair.MeanDistance:G4} apart, {pair.Largest:G4} at most" : "")}");

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
