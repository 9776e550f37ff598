using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Kpis;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one KPI.</summary>
internal sealed class KpiShowCommand : CliCommand
{
    private static readonly Argument<string> KpiName = new("name") { Description = "The KPI." };
    private static readonly Option<string?> By = new("--by") { Description = "Only the segments by this expression of the project file, or 'server_group'.", HelpName = "expression" };
    private static readonly Option<string?> Since = new("--since") { Description = "How far back: 36h, 30d, 4w; else everything that is kept.", HelpName = "period" };

    public KpiShowCommand()
        : base("show", "Show one KPI: now, by server group and segment, and window by window.", "fairlead kpi show caught_late", "fairlead kpi show caught_late --by input.origin --since 30d", "fairlead kpi show caught_late --format json")
    {
        Arguments.Add(KpiName);
        Options.Add(By);
        Options.Add(Since);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var query = parse.GetValue(Since) is { } since ? string.Create(CultureInfo.InvariantCulture, $"?days={KpiText.Days(since)}") : "";
        using var client = context.Connect();
        var series = await client.GetAsync($"/api/kpis/{Uri.EscapeDataString(parse.GetRequiredValue(KpiName))}{query}", KpiJson.Default.KpiSeries, cancellationToken);
        if (parse.GetValue(By) is { } by)
            series = series with { Current = Only(series.Current, by), History = [.. series.History.Select(point => Only(point, by)!)] };
        if (context.IsJson)
            CommandContext.WriteJson(series, KpiJson.Default.KpiSeries);
        else
            Print(context.Out, series);
        return ExitCodes.Success;
    }

    private static KpiPoint? Only(KpiPoint? point, string by) =>
        point is null ? null : point with { Values = [.. point.Values.Where(value => by == "server_group" ? value.ServerGroup is not null : value.By == by)] };

    private static void Print(IAnsiConsole console, KpiSeries series)
    {
        console.MarkupLineInterpolated($"[bold]{series.Definition.Name}[/] = {series.Definition.Sql}{(series.Definition.Goal is { } goal ? $", goal {goal}" : "")}");
        if (series.Problem is { } problem)
            console.MarkupLineInterpolated($"[yellow]{problem}[/]");
        var table = new Table { Border = TableBorder.Simple }.AddColumns("until", "service", "environment", "of", "value", "95 %", "goal", "rows");
        foreach (var point in series.History.Concat(series.Current is { } current ? [current] : []))
        {
            foreach (var value in point.Values)
            {
                table.AddRow(
                    new Text(point.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) + (point.IsProvisional ? " *" : "")),
                    new Text(value.Service),
                    new Text(value.Environment),
                    new Text(KpiText.Part(value)),
                    new Text(KpiText.Number(value.Value)),
                    new Text(KpiText.Interval(value)),
                    new Text(KpiText.Verdict(value)),
                    new Text(value.Rows.ToString("N0", CultureInfo.InvariantCulture)));
            }
        }

        console.Write(table);
    }
}
