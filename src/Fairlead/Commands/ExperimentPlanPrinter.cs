using Fairlead.Monitoring.Experiments.Planning;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what can be found.</summary>
internal static class ExperimentPlanPrinter
{
    public static void Print(IAnsiConsole console, ExperimentPlan plan, double days, double? effect)
    {
        foreach (var warning in plan.Warnings)
            console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        if (plan.HistoryUnits == 0)
            return;
        console.MarkupLineInterpolated($"{plan.UnitsPerDay:N0} units a day, by {plan.HistoryUnits:N0} in the last {History(plan.HistoryDays)}");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("metric").AddColumn("mean of a unit").AddColumn("deviation");
        table.AddColumn(effect is null ? "found in the time planned" : $"days for {ExperimentText.Share(effect)}").AddColumn("at one fixed look");
        foreach (var metric in plan.Metrics)
        {
            table.AddRow(
                new Text(metric.Metric),
                new Text(ExperimentText.Number(metric.Mean)),
                new Text(ExperimentText.Number(metric.StandardDeviation)),
                new Text(effect is null ? Effect(metric.SequentialEffect) : Days(metric.SequentialDays, metric.SequentialUnits)),
                new Text(effect is null ? Effect(metric.FixedEffect) : Days(metric.FixedDays, metric.FixedUnits)));
        }

        console.Write(table);
        if (effect is null)
            return;
        foreach (var metric in plan.Metrics.Where(metric => metric.SequentialEffect is not null))
            console.MarkupLineInterpolated($"[grey]{metric.Metric}: within {days:0.#} days {Effect(metric.SequentialEffect)} can be found, looking at any time[/]");
    }

    /// <summary>The time that there are answers of.</summary>
    private static string History(double days) => days >= 1 ? $"{days:0.#} days" : $"{Math.Max(days * 24, 0.1):0.#} h";

    private static string Effect(double? effect) => effect is { } value ? $"{value * 100:0.##} %" : "–";

    private static string Days(double? days, double? units) => days is { } value ? $"{value:N1} ({units:N0} units)" : "–";
}
