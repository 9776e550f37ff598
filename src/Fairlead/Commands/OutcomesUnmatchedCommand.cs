using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Lists the outcomes that no prediction is known for.</summary>
internal sealed class OutcomesUnmatchedCommand : CliCommand
{
    private const string Sql = "select \"time\", posted, prediction, service, environment, unit, outcome from unmatched order by \"time\" desc";

    public OutcomesUnmatchedCommand()
        : base(
            "unmatched",
            "List the outcomes that belong to no prediction (yet), newest first; they are kept, and found when the prediction is there.",
            "fairlead outcomes unmatched --limit 20",
            "fairlead query \"select service, count(*) from unmatched group by 1\"") => QueryOutput.AddTo(this);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        await QueryOutput.RunAsync(parse, context, Sql, null, cancellationToken);
        return ExitCodes.Success;
    }
}
