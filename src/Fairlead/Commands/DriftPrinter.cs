using System.Globalization;
using Fairlead.Monitoring.Drift.Reports;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints a report of drift: the worst field first, and what each comes to in sentences.</summary>
internal static class DriftPrinter
{
    private const int SparkCells = 12;
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static void Print(IAnsiConsole console, DriftReport report)
    {
        console.MarkupLineInterpolated($"[bold]{report.Service}[/] in [bold]{report.Environment}[/]: {report.Rows:N0} answers from {report.Since:yyyy-MM-dd HH:mm} to {report.Until:yyyy-MM-dd HH:mm} UTC, now by {report.Model} ({report.ServerGroup})");
        foreach (var note in report.Notes)
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        if (report.Comparisons.Select(comparison => comparison.Period).Distinct().Count() > 1)
            PrintPeriods(console, report);
        else
        {
            foreach (var comparison in report.Comparisons)
                PrintComparison(console, comparison);
        }

        console.MarkupLineInterpolated($"[grey]psi over its limit comes once in a hundred times without drift; p is adjusted for all that was compared; {report.Seconds:0.0} s[/]");
    }

    private static void PrintComparison(IAnsiConsole console, DriftComparison comparison)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"{comparison.Rows:N0} rows against [bold]{comparison.Reference}[/], {comparison.ReferenceRows:N0} rows");
        var table = new Table { Border = TableBorder.Simple }.AddColumns("field", "drift", "psi", "limit", "js", "test", "p", "reference", "live", "since");
        foreach (var field in comparison.Fields)
        {
            table.AddRow(
                new Text(field.Name), Mark(field.Severity), new Text(Number(field.StabilityIndex)), new Text(Number(field.StabilityThreshold)), new Text(Number(field.JensenShannon)),
                new Text(field.Distance is { } distance ? $"D {Number(distance)}" : field.ChiSquared is { } chi ? $"χ² {Number(chi)}" : ""), new Text(Probability(field.Adjusted)),
                new Text(Spark(field.Cells, cell => cell.Reference)), new Text(Spark(field.Cells, cell => cell.Live)), new Text(field.BeyondSince?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? ""));
        }

        if (comparison.Fields.Count > 0)
            console.Write(table);
        PrintSentences(console, comparison);
        foreach (var skipped in comparison.Skipped)
            console.MarkupLineInterpolated($"[grey]{skipped.Name} was not compared: {skipped.Reason}[/]");
    }

    private static void PrintPeriods(IAnsiConsole console, DriftReport report)
    {
        console.MarkupLineInterpolated($"against [bold]{string.Join(" and ", report.Comparisons.Select(comparison => comparison.Reference).Distinct())}[/]; psi, marked where a field drifted");
        var table = new Table { Border = TableBorder.Simple }.AddColumn("field");
        foreach (var comparison in report.Comparisons)
            table.AddColumn(new TableColumn(new Text(comparison.Period)).RightAligned());
        foreach (var name in report.Comparisons.SelectMany(comparison => comparison.Fields).GroupBy(field => field.Name).OrderByDescending(same => same.Max(field => field.Effect)).Select(same => same.Key))
            table.AddRow([new Text(name), .. report.Comparisons.Select(comparison => PeriodCell(comparison.Fields.FirstOrDefault(field => field.Name == name)))]);
        console.Write(table);
        foreach (var comparison in report.Comparisons)
        {
            if (comparison.Severity == DriftSeverity.None)
                continue;
            console.MarkupLineInterpolated($"[bold]{comparison.Period}[/] ({comparison.Rows:N0} rows)");
            PrintSentences(console, comparison);
        }
    }

    private static void PrintSentences(IAnsiConsole console, DriftComparison comparison)
    {
        foreach (var field in comparison.Fields.Where(field => field.Says.Count > 0))
            console.MarkupLineInterpolated($"  [bold]{field.Name}[/]: {string.Join(" ", field.Says)}");
        if (comparison.Fields.Count > 0 && comparison.Severity == DriftSeverity.None)
            console.MarkupLine("  [green]nothing drifted[/]");
    }

    private static Text PeriodCell(FieldDrift? field) => field is null
        ? new Text("")
        : new Text($"{Number(field.StabilityIndex)} {(field.Severity switch { DriftSeverity.Strong => "▲▲", DriftSeverity.Slight => "▲ ", _ => "  " })}", StyleOf(field.Severity));

    private static Text Mark(DriftSeverity severity) =>
        new(severity switch { DriftSeverity.Strong => "▲▲ strong", DriftSeverity.Slight => "▲ slight", _ => "none" }, StyleOf(severity));

    private static Style StyleOf(DriftSeverity severity) => new(severity switch { DriftSeverity.Strong => Color.Red, DriftSeverity.Slight => Color.Yellow, _ => Color.Default });

    private static string Spark(IReadOnlyList<FieldCell> cells, Func<FieldCell, double> share)
    {
        var most = cells.Take(SparkCells).Select(cell => Math.Max(cell.Reference, cell.Live)).DefaultIfEmpty().Max();
        return most == 0 ? "" : string.Concat(cells.Take(SparkCells).Select(cell => Levels[(int)Math.Min(Levels.Length - 1, share(cell) / most * Levels.Length)]));
    }

    private static string Number(double value) => value is > 0 and < 0.0001 ? "<0.0001" : value.ToString(value < 10 ? "0.0###" : "0.#", CultureInfo.InvariantCulture);

    private static string Probability(double p) => p < 1e-300 ? "<1e-300" : p.ToString(p < 0.001 ? "0.#e0" : "0.###", CultureInfo.InvariantCulture);
}
