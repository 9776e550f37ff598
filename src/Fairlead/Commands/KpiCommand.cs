using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Kpis;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the KPIs with their values of now.</summary>
internal sealed class KpiCommand : CliCommand
{
    public KpiCommand()
        : base("kpi", "List the numbers by which the project is judged, with their goals.", "fairlead kpi", "fairlead kpi --format json", "fairlead kpi show caught_late --since 30d") =>
        Subcommands.Add(new KpiShowCommand());

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var all = await client.GetAsync("/api/kpis", KpiJson.Default.IReadOnlyListKpiSeries, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(all, KpiJson.Default.IReadOnlyListKpiSeries);
            return ExitCodes.Success;
        }

        if (all.Count == 0)
        {
            context.Out.MarkupLine("the project has no KPI; write one in fairlead.yaml under [bold]kpis:[/]");
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("kpi", "service", "environment", "value", "95 %", "goal", "", "rows", "trend");
        foreach (var series in all)
            AddRows(table, series);
        context.Out.Write(table);
        foreach (var problem in all.Select(series => series.Problem).OfType<string>())
            context.Out.MarkupLineInterpolated($"[yellow]{problem}[/]");
        if (all.Any(series => series.Current is { IsProvisional: true }))
            context.Out.MarkupLine("[grey]* outcomes are still to come[/]");
        return ExitCodes.Success;
    }

    private static void AddRows(Table table, KpiSeries series)
    {
        var goal = series.Definition.Goal?.ToString() ?? "";
        var whole = series.Current?.Values.Where(value => value.IsWhole).ToList() ?? [];
        if (whole.Count == 0)
            table.AddRow(new Text(series.Definition.Name), new Text(series.Definition.Service ?? ""), new Text(""), new Text("–"), new Text(""), new Text(goal), new Text(""), new Text(""), new Text(""));
        foreach (var value in whole)
        {
            table.AddRow(
                new Text(series.Definition.Name),
                new Text(value.Service),
                new Text(value.Environment),
                new Text(KpiText.Number(value.Value) + (series.Current!.IsProvisional ? " *" : "")),
                new Text(KpiText.Interval(value)),
                new Text(goal),
                new Text(KpiText.Verdict(value)),
                new Text(value.Rows.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(KpiText.Trend(series.History.Append(series.Current), value)));
        }
    }
}
