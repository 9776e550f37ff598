using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Kpis;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one KPI.</summary>
internal sealed class KpiShowCommand : CliCommand
{
    private const string ServerGroup = "server_group";
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
            series = Only(series, by);
        if (context.IsJson)
            CommandContext.WriteJson(series, KpiJson.Default.KpiSeries);
        else
            Print(context.Out, series);
        return ExitCodes.Success;
    }

    /// <summary>The segments by one expression; also such as the project file had before and the history still has.</summary>
    /// <exception cref="FairleadException">Invalid: there are none by it.</exception>
    internal static KpiSeries Only(KpiSeries series, string by)
    {
        var points = series.Current is { } current ? series.History.Append(current) : series.History;
        var known = points.SelectMany(point => point.Values).Select(value => value.By).OfType<string>().Concat(series.Definition.By).Append(ServerGroup).Distinct().ToList();
        return known.Contains(by)
            ? series with { Current = Only(series.Current, by), History = [.. series.History.Select(point => Only(point, by)!)] }
            : throw FairleadException.Invalid($"The KPI '{series.Definition.Name}' has no segments by '{by}' ({NearestName.Hint(by, known)}); name one, or add it to 'by' of the KPI in the project file.");
    }

    private static KpiPoint? Only(KpiPoint? point, string by) =>
        point is null ? null : point with { Values = [.. point.Values.Where(value => by == ServerGroup ? value.ServerGroup is not null : value.By == by)] };

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
