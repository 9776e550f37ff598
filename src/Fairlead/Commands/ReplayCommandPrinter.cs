using System.Globalization;
using System.Text.Json;
using Fairlead.Replay.Reporting;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints the report of a replay for people.</summary>
internal sealed class ReplayCommandPrinter(IAnsiConsole console)
{
    private const int ShownWorst = 5;
    private const int ShownSegments = 20;

    public void Print(ReplayReport report)
    {
        console.MarkupLineInterpolated($"[bold]replay {report.Number}[/]: {report.Replayed:N0} predictions of {report.Service} in {report.Environment}, {Time(report.Since)} until {Time(report.Until)}, scored again by [bold]{report.Target}[/]");
        console.MarkupLineInterpolated($"[grey]recorded by {string.Join(", ", report.RecordedBy.Select(group => $"{group.Name} ({group.Rows:N0})"))}[/]");
        foreach (var reason in report.Skipped)
            console.MarkupLineInterpolated($"[yellow]{reason.Rows:N0} skipped[/]: {reason.Name}");
        if (report.Agreement.Share is { } share)
            console.MarkupLineInterpolated($"{Percent(share)} agree within the tolerance, {Percent(report.Agreement.IdenticalShare)} are the same to the last bit");
        PrintOutputs(report);
        PrintEvaluation(report.Evaluation);
        PrintSegments(report);
        PrintWorst(report);
        var timing = report.Timing;
        console.MarkupLineInterpolated($"[grey]scored in {timing.ScoringSeconds:0.00} s, {timing.RowsPerSecond:N0} rows/s; recorded latency p50 {Milliseconds(timing.RecordedP50)}, p99 {Milliseconds(timing.RecordedP99)}[/]");
    }

    private void PrintOutputs(ReplayReport report)
    {
        var table = NewTable("output", "compared", "agree", "same bits", "mean difference", "p50", "p99", "largest");
        foreach (var output in report.Outputs)
        {
            var differences = output.Differences;
            AddRow(table, output.Name, $"{output.Agreement.Rows:N0}", Percent(output.Agreement.Share), Percent(output.Agreement.IdenticalShare), Number(differences?.Mean), Number(differences?.P50), Number(differences?.P99), Number(differences?.MaxAbsolute));
        }

        console.Write(table);
    }

    private void PrintEvaluation(ReplayEvaluation? evaluation)
    {
        if (evaluation is null)
            return;
        console.MarkupLineInterpolated($"judged by {evaluation.Score}{(evaluation.Label is null || evaluation.Outcomes == 0 ? ", without outcomes" : $" against {evaluation.Label}, {evaluation.Outcomes:N0} outcomes")}{(evaluation.ClassAgreement is { } same ? $"; {Percent(same)} come to the same decision" : "")}{(evaluation.DrawnFrom is { } all ? $"; {evaluation.Judged:N0} of {all:N0} rows, drawn evenly" : "")}");
        var table = NewTable("metric", "recorded", "replayed", "difference", "95 % interval");
        foreach (var metric in evaluation.Metrics)
            AddRow(table, metric.Name, Number(metric.Recorded), Number(metric.Replayed), Signed(metric.Difference), metric.Low is null ? "" : $"{Signed(metric.Low)} to {Signed(metric.High)}");
        console.Write(table);
    }

    private void PrintSegments(ReplayReport report)
    {
        if (report.Segments.Count == 0)
            return;
        var names = report.Segments[0].Metrics.Select(metric => metric.Name).Take(3).ToList();
        var table = NewTable(["segment", "rows", "agree", "outcomes", .. names]);
        foreach (var segment in report.Segments.Take(ShownSegments))
        {
            var metrics = names.Select(name => segment.Metrics.FirstOrDefault(metric => metric.Name == name) is { } metric ? $"{Number(metric.Recorded)} → {Number(metric.Replayed)}" : "");
            AddRow(table, [string.Join(", ", segment.Values), $"{segment.Rows:N0}", Percent(segment.Agreement), $"{segment.Outcomes:N0}", .. metrics]);
        }

        if (names.Count > 0)
            console.MarkupLineInterpolated($"{string.Join(", ", names)} by segment: recorded → replayed");
        console.Write(table);
        var more = report.Segments.Count - Math.Min(ShownSegments, report.Segments.Count) + report.MoreSegments;
        if (more > 0)
            console.MarkupLineInterpolated($"[grey]and {more:N0} smaller segments[/]");
    }

    private void PrintWorst(ReplayReport report)
    {
        foreach (var row in report.Worst.Take(ShownWorst))
            console.MarkupLineInterpolated($"{row.Prediction}  {Json(row.Recorded)} [grey]became[/] {Json(row.Replayed)} [grey]for {Json(row.Inputs)}[/]");
    }

    // As text, which is escaped; JSON has brackets of its own.
    private static string Json(JsonElement? json) => json?.ToString() ?? "what is no longer recorded";

    private static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < columns.Length; i++)
            table.AddColumn(i == 0 ? new TableColumn(columns[i]) : new TableColumn(columns[i]).RightAligned());
        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } value ? (value * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "–";

    private static string Signed(double? value) => value is { } number ? (number > 0 ? "+" : "") + number.ToString("G4", CultureInfo.InvariantCulture) : "–";

    private static string Milliseconds(double? value) => value is { } number ? $"{number.ToString("0.###", CultureInfo.InvariantCulture)} ms" : "–";
}
