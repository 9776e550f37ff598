using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Answers SQL over the predictions, and what belongs to saved queries.</summary>
internal sealed class QueryCommand : CliCommand
{
    private static readonly Argument<string> Sql = new("sql")
    {
        Description = "One statement over predictions, outcomes, scored, unmatched, server_groups, runs, metrics, releases, models and datasets; '@file.sql' reads a file, '-' standard input.",
    };

    public QueryCommand()
        : base(
            "query",
            "Ask SQL of everything that was ever predicted, what turned out to be true, and what made it.",
            "fairlead query \"select server_group, count(*), avg(latency_us) from predictions group by 1\"",
            "fairlead query \"select input, output, outcome from scored order by time desc limit 10\" --format json",
            "fairlead query @late.sql --param origin=SFO --output late.parquet",
            "fairlead query \"select r.params.l2 as l2, avg(s.output.late) from scored s join server_groups using (server_group) join runs r using (run) group by 1\"",
            "fairlead query save by_origin \"select * from scored where input.origin = $origin\" && fairlead query run by_origin --param origin=SFO")
    {
        Arguments.Add(Sql);
        QueryOutput.AddTo(this);
        Subcommands.Add(new QuerySaveCommand());
        Subcommands.Add(new QueryListCommand());
        Subcommands.Add(new QueryRunCommand());
        Subcommands.Add(new QueryDeleteCommand());
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var sql = await QueryText.ReadAsync(parse.GetRequiredValue(Sql), cancellationToken);
        await QueryOutput.RunAsync(parse, context, sql, null, cancellationToken);
        return ExitCodes.Success;
    }
}
