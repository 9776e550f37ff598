using System.Globalization;
using System.Text.Json;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>One replay with its report, when it has one.</summary>
public sealed record ReplayView
{
    private const int ShownSegmentMetrics = 3;

    public required ReplayRow Replay { get; init; }

    /// <summary>Why it is not done, and what goes on with it; null when it is.</summary>
    public required string? Problem { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    /// <summary>Why rows were left out.</summary>
    public required IReadOnlyList<FactView> Skipped { get; init; }

    public required IReadOnlyList<ReplayOutputRow> Outputs { get; init; }

    /// <summary>By what the answers are judged; empty when they are not.</summary>
    public required string Judged { get; init; }

    public required IReadOnlyList<ReplayMetricRow> Metrics { get; init; }

    /// <summary>Scores and rates of what was recorded and what was replayed; empty without probabilities and outcomes.</summary>
    public required IReadOnlyList<(string Name, HistogramView Histogram)> Calibration { get; init; }

    public required IReadOnlyList<string> SegmentMetrics { get; init; }

    public required IReadOnlyList<ReplaySegmentRow> Segments { get; init; }

    public required int MoreSegments { get; init; }

    public required IReadOnlyList<ReplayWorstRow> Worst { get; init; }

    /// <param name="report">Null while there is none.</param>
    public static ReplayView Of(ReplayRecord record, ReplayReport? report, DateTimeOffset now)
    {
        var segmentMetrics = report?.Segments.FirstOrDefault()?.Metrics.Select(metric => metric.Name).Take(ShownSegmentMetrics).ToList() ?? [];
        var evaluation = report?.Evaluation;
        return new ReplayView
        {
            Replay = ReplayRow.Of(record, now),
            Problem = ProblemOf(record),
            Facts = FactsOf(record, report),
            Skipped = [.. report?.Skipped.Select(reason => new FactView(PageText.Count(reason.Rows), reason.Name)) ?? []],
            Outputs = [.. report?.Outputs.Select(OutputOf) ?? []],
            Judged = evaluation is null ? "" : $"{evaluation.Score}{(evaluation.Outcomes == 0 ? ", without outcomes" : $" against {evaluation.Label}, {PageText.Count(evaluation.Outcomes)} outcomes, threshold {Number(evaluation.Threshold)}")}{(evaluation.DrawnFrom is { } all ? $"; {PageText.Count(evaluation.Judged)} of {PageText.Count(all)} rows, drawn evenly" : "")}",
            Metrics = [.. evaluation?.Metrics.Select(MetricOf) ?? []],
            Calibration = [.. CalibrationOf("Recorded", evaluation?.RecordedCalibration), .. CalibrationOf("Replayed", evaluation?.ReplayedCalibration)],
            SegmentMetrics = segmentMetrics,
            Segments = [.. report?.Segments.Select(segment => SegmentOf(segment, segmentMetrics)) ?? []],
            MoreSegments = report?.MoreSegments ?? 0,
            Worst = [.. report?.Worst.Select(row => new ReplayWorstRow(row.Prediction, Text(row.Inputs), Text(row.Recorded), Text(row.Replayed))) ?? []],
        };
    }

    internal static string Percent(double? share) => share is { } value ? (value * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %" : "–";

    private static string? ProblemOf(ReplayRecord record) => record.Status is ReplayStatus.Stopped or ReplayStatus.Failed
        ? $"{record.Error} 'fairlead replay --resume {record.Number}' goes on from what is done."
        : null;

    private static List<FactView> FactsOf(ReplayRecord record, ReplayReport? report)
    {
        var facts = new List<FactView>
        {
            new("Predictions", $"{PageText.Count(record.Plan.Rows)} of {record.Order.Service} in {record.Order.From}"),
            new("Range", $"{Time(record.Plan.Since)} until {Time(record.Plan.Until)}"),
        };
        if (record.Order.Where is { } where)
            facts.Add(new FactView("Where", where));
        facts.Add(new FactView("Scored by", record.Target.Label));
        if (report is null)
            return facts;
        facts.Add(new FactView("Recorded by", string.Join(", ", report.RecordedBy.Select(group => $"{group.Name} ({PageText.Count(group.Rows)})"))));
        facts.Add(new FactView("Agree", $"{Percent(report.Agreement.Share)} within {Number(record.Judging.Tolerance)}, {Percent(report.Agreement.IdenticalShare)} to the last bit"));
        if (report.Evaluation?.ClassAgreement is { } same)
            facts.Add(new FactView("Same decision", Percent(same)));
        facts.Add(new FactView("Took", $"{PageText.Duration(TimeSpan.FromSeconds(report.Timing.ScoringSeconds))}, {PageText.Count((long)report.Timing.RowsPerSecond)} rows/s"));
        facts.Add(new FactView("Recorded latency", $"p50 {Milliseconds(report.Timing.RecordedP50)}, p90 {Milliseconds(report.Timing.RecordedP90)}, p99 {Milliseconds(report.Timing.RecordedP99)}"));
        return facts;
    }

    private static ReplayOutputRow OutputOf(OutputComparison output)
    {
        var differences = output.Differences;
        return new ReplayOutputRow(
            output.Name,
            PageText.Count(output.Agreement.Rows),
            Percent(output.Agreement.Share),
            Percent(output.Agreement.IdenticalShare),
            Number(differences?.Mean),
            Number(differences?.P50),
            Number(differences?.P99),
            Number(differences?.MaxAbsolute),
            differences is { Histogram.Count: > 0 } ? HistogramOf($"Differences of {output.Name}", [.. differences.Histogram.Select(bin => ((double)bin.Rows, 0.0, $"{Number(bin.From)} to {Number(bin.To)}: {PageText.Count(bin.Rows)} rows"))]) : null);
    }

    private static ReplayMetricRow MetricOf(MetricReport metric) => new(
        metric.Name,
        Number(metric.Recorded),
        Number(metric.Replayed),
        Signed(metric.Difference),
        metric.Low is null ? "" : $"{Signed(metric.Low)} to {Signed(metric.High)}",
        metric.Low > 0 || metric.High < 0);

    private static ReplaySegmentRow SegmentOf(SegmentReport segment, IReadOnlyList<string> names) => new(
        string.Join(", ", segment.Values.Select(value => value.Length == 0 ? "–" : value)),
        PageText.Count(segment.Rows),
        Percent(segment.Agreement),
        PageText.Count(segment.Outcomes),
        [.. names.Select(name => segment.Metrics.FirstOrDefault(metric => metric.Name == name) is { } found ? $"{Number(found.Recorded)} → {Number(found.Replayed)}" : "–")]);

    private static IEnumerable<(string Name, HistogramView Histogram)> CalibrationOf(string name, IReadOnlyList<CalibrationReport>? bins) => bins is null
        ? []
        : [(name, HistogramOf(
            $"{name}: how often it was true, by score",
            [.. bins.Select(bin => (bin.PositiveRate ?? 0, bin.MeanScore ?? 0, $"scores {Number(bin.From)} to {Number(bin.To)}: true in {Percent(bin.PositiveRate)} of {PageText.Count(bin.Rows)}, mean score {Number(bin.MeanScore)}"))]))];

    private static HistogramView HistogramOf(string description, IReadOnlyList<(double Live, double Reference, string Text)> bars)
    {
        var most = Math.Max(1e-9, bars.Max(bar => Math.Max(bar.Live, bar.Reference)));
        var step = (double)HistogramView.Width / bars.Count;
        return new HistogramView(description, [.. bars.Select((bar, i) => new HistogramBar(i * step, step, HistogramView.Height * bar.Reference / most, HistogramView.Height * bar.Live / most, bar.Text))]);
    }

    private static string Text(JsonElement? json) => json is { } value ? PageText.Value(value) : "no longer recorded";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "–";

    private static string Signed(double? value) => value is { } number ? (number > 0 ? "+" : "") + number.ToString("G4", CultureInfo.InvariantCulture) : "–";

    private static string Milliseconds(double? value) => value is { } number ? $"{number.ToString("0.###", CultureInfo.InvariantCulture)} ms" : "–";
}
