using System.Globalization;
using Fairlead.Sweeps.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Trials of a sweep, a column for each parameter, or one for all of them where the terminal is too narrow for that.</summary>
internal static class SweepTable
{
    /// <summary>What a column takes beside its text.</summary>
    private const int ColumnMargin = 3;
    private const int LeastValues = 8;
    private const int MostRemark = 30;

    /// <param name="width">Cells of a line, which no trial exceeds; null where lines may be broken.</param>
    public static Table Of(SweepRecord sweep, IReadOnlyList<TrialRecord> trials, int? width)
    {
        string[] headers = ["trial", .. sweep.Parameters.Select(parameter => parameter.Label), sweep.Metric, "run", "took", ""];
        var rows = trials.Select(trial => (Cells: CellsOf(sweep, trial, width is null ? int.MaxValue : MostRemark), Style: StyleOf(sweep, trial))).ToList();
        if (width is { } room && Width(headers, rows.Select(row => row.Cells)) > room)
            (headers, rows) = Narrowed(sweep, trials, room);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
            table.AddColumn(Markup.Escape(header));
        foreach (var (cells, style) in rows)
            table.AddRow([.. cells.Select(cell => new Text(cell, style))]);
        return table;
    }

    /// <summary>One line for each trial, in which the values are cut off where there is no room for them.</summary>
    private static (string[] Headers, List<(string[] Cells, Style Style)> Rows) Narrowed(SweepRecord sweep, IReadOnlyList<TrialRecord> trials, int width)
    {
        string[] headers = ["trial", "values", CellText.Cut(sweep.Metric, LeastValues + LeastValues), ""];
        var rows = trials.Select(trial => (Cells: (string[])[Number(trial), "", Result(trial), trial.Number == sweep.Best ? "best" : ""], Style: StyleOf(sweep, trial))).ToList();
        var room = Math.Max(LeastValues, width - Width(headers, rows.Select(row => row.Cells)) + CellText.Width(headers[1]));
        foreach (var (row, trial) in rows.Zip(trials))
            row.Cells[1] = CellText.Cut(SweepText.Values(trial.Values), room);
        return (headers, rows);
    }

    private static string[] CellsOf(SweepRecord sweep, TrialRecord trial, int mostRemark) =>
    [
        Number(trial),
        .. sweep.Parameters.Select(parameter => trial.Values.TryGetValue(parameter.Label, out var value) ? SweepText.Value(value) : ""),
        Result(trial),
        trial.Run?.ToString() ?? "",
        trial.Status == TrialStatus.Running ? "" : trial.IsReused ? "known" : $"{trial.Seconds:0.0} s",
        trial.Number == sweep.Best ? "best" : CellText.Cut(SweepText.Remark(trial), mostRemark),
    ];

    private static string Number(TrialRecord trial) => trial.Number.ToString(CultureInfo.InvariantCulture);

    private static string Result(TrialRecord trial) => trial.Status switch { TrialStatus.Succeeded => SweepText.Number(trial.Value), TrialStatus.Failed => "failed", _ => "running" };

    private static Style StyleOf(SweepRecord sweep, TrialRecord trial) =>
        trial.Status == TrialStatus.Failed ? new Style(Color.Red) : trial.Number == sweep.Best ? new Style(Color.Green) : trial.Status == TrialStatus.Running ? new Style(Color.Yellow) : Style.Plain;

    private static int Width(string[] headers, IEnumerable<string[]> rows) =>
        rows.Append(headers).Aggregate(new int[headers.Length], (widths, row) => [.. widths.Zip(row, (width, cell) => Math.Max(width, CellText.Width(cell)))]).Sum(width => width + ColumnMargin);
}
