using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Answers SQL over the predictions.</summary>
internal sealed class QueryCommand : CliCommand
{
    private static readonly Argument<string> Sql = new("sql") { Description = "One statement over predictions, outcomes and scored." };
    private static readonly Option<int?> Limit = new("--limit") { Description = "Rows at most.", HelpName = "rows" };

    public QueryCommand()
        : base(
            "query",
            "Ask SQL of everything that was ever predicted, and of what turned out to be true.",
            "fairlead query \"select server_group, count(*), avg(latency_us) from predictions group by 1\"",
            "fairlead query \"select input, output, outcome from scored order by time desc limit 10\" --format json")
    {
        Arguments.Add(Sql);
        Options.Add(Limit);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new QueryBody(parse.GetRequiredValue(Sql), parse.GetValue(Limit));
        var lines = client.StreamAsync("/api/query", body, WebJson.Default.QueryBody, cancellationToken);
        if (context.IsJson)
            await QueryPrinter.PrintJsonAsync(lines, cancellationToken);
        else
            await QueryPrinter.PrintTableAsync(context.Out, lines, cancellationToken);
        return ExitCodes.Success;
    }
}
