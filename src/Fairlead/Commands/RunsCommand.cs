using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Lists recorded runs.</summary>
internal sealed class RunsCommand : CliCommand
{
    private const int DefaultLimit = 20;
    private const string Csv = "csv";
    private static readonly Argument<string?> Step = new("step") { Description = "Only runs of this step.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Where = new("--where") { Description = "A condition in SQL over the table 'runs', such as \"metrics.auc > 0.6 and params.l2 < 0.1\".", HelpName = "sql" };
    private static readonly Option<string?> Sort = new("--sort") { Description = "Columns to sort by, with commas; a hyphen before one puts the largest first. Default: -started.", HelpName = "columns" };
    private static readonly Option<string?> Status = new("--status") { Description = "Only succeeded, failed, timedOut, cancelled, lost or running ones.", HelpName = "status" };
    private static readonly Option<string?> Tag = new("--tag") { Description = "Only runs with this tag.", HelpName = "tag" };
    private static readonly Option<int> Limit = new("--limit") { Description = "Runs at most.", DefaultValueFactory = _ => DefaultLimit, HelpName = "n" };
    private static readonly Option<string> Format = CreateFormat();

    public RunsCommand()
        : base(
            "runs",
            "List the runs, newest first; '~' marks a step that does not make the same twice.",
            "fairlead runs",
            "fairlead runs train --limit 5 --format json",
            "fairlead runs train --where \"metrics.auc > 0.6 and params.l2 < 0.1\" --sort -metrics.auc",
            "fairlead runs --tag fast --status succeeded --format csv")
    {
        Arguments.Add(Step);
        foreach (var option in new Option[] { Where, Sort, Status, Tag, Limit, Format })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        // A sort that begins with a hyphen looks like an option unless it is written with '='; both are taken.
        var query = string.Concat(
            new[] { ("step", parse.GetValue(Step)), ("where", parse.GetValue(Where)), ("sort", parse.GetValue(Sort)), ("status", parse.GetValue(Status)), ("tag", parse.GetValue(Tag)) }
                .Where(pair => pair.Item2 is not null)
                .Select(pair => $"&{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        var runs = await client.GetAsync($"/api/runs?limit={parse.GetValue(Limit)}{query}", DomainJson.Default.IReadOnlyListRun, cancellationToken);
        switch (parse.GetValue(Format))
        {
            case GlobalOptions.Json:
                CommandContext.WriteJson(runs, DomainJson.Default.IReadOnlyListRun);
                break;
            case Csv:
                RunTable.WriteCsv(Console.Out, runs);
                break;
            default:
                RunTable.Print(context.Out, runs, parse.GetValue(Step) is not null);
                break;
        }

        return ExitCodes.Success;
    }

    private static Option<string> CreateFormat()
    {
        var option = new Option<string>("--format") { Description = "How runs are printed: text (default), json or csv.", DefaultValueFactory = _ => GlobalOptions.Text };
        option.AcceptOnlyFromAmong(GlobalOptions.Text, GlobalOptions.Json, Csv);
        return option;
    }
}
