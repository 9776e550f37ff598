using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints how experiments stand.</summary>
internal static class ExperimentPrinter
{
    public static void PrintList(IAnsiConsole console, IReadOnlyList<Experiment> experiments)
    {
        if (experiments.Count == 0)
        {
            console.MarkupLine("[grey]no experiment yet: fairlead experiment start --help[/]");
            return;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("experiment", "status", "service", "environment", "arms", "units", "started", "by");
        foreach (var experiment in experiments)
        {
            table.AddRow(
                new Text(experiment.Name),
                new Text(experiment.Status.ToString().ToLowerInvariant()),
                new Text(experiment.Design.Service),
                new Text(experiment.Design.Environment),
                new Text(string.Join(", ", experiment.Design.Arms.Select(arm => $"{arm.ServerGroup} {arm.Share}"))),
                new Text($"{experiment.Report?.Split.Units.Sum() ?? 0:N0}"),
                new Text(experiment.StartedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
                new Text(experiment.StartedBy));
        }

        console.Write(table);
    }

    public static void Print(IAnsiConsole console, Experiment experiment)
    {
        console.MarkupLineInterpolated($"[bold]{experiment.Name}[/] {experiment.Status.ToString().ToLowerInvariant()}: '{experiment.Design.Service}' in '{experiment.Design.Environment}', since {experiment.StartedAt:yyyy-MM-dd HH:mm:ss'Z'}");
        if (experiment.Design.Hypothesis is { } hypothesis)
            console.MarkupLineInterpolated($"[grey]{hypothesis}[/]");
        if (experiment.EndedAt is { } ended)
            console.MarkupLineInterpolated($"ended {ended:yyyy-MM-dd HH:mm:ss'Z'} by {experiment.EndedBy ?? "nobody"}: {experiment.Reason ?? $"all traffic to {experiment.Kept}"}");
        if (experiment.Decision is { } decision)
            console.MarkupLineInterpolated($"[bold]{decision}[/]");
        if (experiment.Report is not { } report)
            return;
        foreach (var alarm in report.Alarms)
            console.MarkupLineInterpolated($"[red]alarm:[/] {alarm}");
        PrintUnits(console, experiment.Design, report);
        PrintMetrics(console, report);
        console.MarkupLine("[grey]intervals and p are valid at every look; primary metrics share their level[/]");
    }

    private static void PrintUnits(IAnsiConsole console, ExperimentDesign design, ExperimentReport report)
    {
        console.MarkupLineInterpolated($"units: {string.Join(", ", design.Arms.Select((arm, i) => $"{arm.ServerGroup} {report.Split.Units[i]:N0}"))}; split p {ExperimentText.PValue(report.Split.PValue)}");
        if (report.Crossed + report.WithoutUnit + report.Unassigned > 0)
            console.MarkupLineInterpolated($"[grey]left out: {report.Crossed:N0} units in several arms, {report.WithoutUnit:N0} requests without a unit, {report.Unassigned:N0} that named a version, of {report.Predictions:N0}[/]");
    }

    private static void PrintMetrics(IAnsiConsole console, ExperimentReport report)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("metric", "role", "arm", "units", "mean", "difference", "always-valid interval", "p", "verdict");
        foreach (var metric in report.Metrics)
        {
            foreach (var arm in metric.Arms)
            {
                var comparison = metric.Comparisons.FirstOrDefault(candidate => candidate.Treatment == arm.ServerGroup);
                table.AddRow(
                    new Text(comparison is null ? metric.Name : ""),
                    new Text(comparison is null ? ExperimentText.Role(metric.Role) : ""),
                    new Text(arm.ServerGroup.ToString()),
                    new Text($"{arm.Units:N0}"),
                    new Text(ExperimentText.Number(arm.Mean)),
                    new Text(comparison is null ? "" : ExperimentText.Estimate(comparison)),
                    new Text(comparison is null ? "" : ExperimentText.Interval(comparison)),
                    new Text(comparison is null ? "" : ExperimentText.PValue(comparison.PValue)),
                    new Text(comparison is null ? "" : ExperimentText.Verdict(comparison.Verdict)));
            }
        }

        console.Write(table);
        foreach (var metric in report.Metrics.Where(metric => metric.VarianceReduction is not null))
            console.MarkupLineInterpolated($"[grey]{metric.Name}: the covariate takes {metric.VarianceReduction * 100:0.#} % off the variance[/]");
    }
}
