using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists recorded runs.</summary>
internal sealed class RunsCommand : CliCommand
{
    private const int DefaultLimit = 20;
    private static readonly Argument<string?> Step = new("step") { Description = "Only runs of this step.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Limit = new("--limit") { Description = "Runs at most.", DefaultValueFactory = _ => DefaultLimit, HelpName = "n" };

    public RunsCommand()
        : base("runs", "List the runs, newest first.", "fairlead runs", "fairlead runs train --limit 5 --format json")
    {
        Arguments.Add(Step);
        Options.Add(Limit);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var step = parse.GetValue(Step) is { } name ? $"&step={Uri.EscapeDataString(name)}" : "";
        var runs = await client.GetAsync($"/api/runs?limit={parse.GetValue(Limit)}{step}", DomainJson.Default.IReadOnlyListRun, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(runs, DomainJson.Default.IReadOnlyListRun);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("run", "status", "started", "took", "commit", "parameters", "metrics");
        foreach (var run in runs)
        {
            table.AddRow(
                new Text(run.Id.ToString()),
                new Text(RunStatusText.Of(run.Status), new Style(run.Status == RunStatus.Succeeded ? Color.Green : run.Status == RunStatus.Running ? Color.Yellow : Color.Red)),
                new Text(run.StartedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
                new Text(run.FinishedAt is { } end ? $"{(end - run.StartedAt).TotalSeconds:0.00} s" : ""),
                new Text(run.Commit.Short),
                new Text(string.Join(" ", run.Parameters.Select(p => $"{p.Key}={p.Value}"))),
                new Text(string.Join(" ", run.Metrics.Select(m => $"{m.Key}={m.Value:0.####}"))));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
