using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Runs a saved query.</summary>
internal sealed class QueryRunCommand : CliCommand
{
    private static readonly Argument<string> QueryName = new("name") { Description = "Name of a saved query." };

    public QueryRunCommand()
        : base("run", "Run a saved query.", "fairlead query run by_origin --param origin=SFO", "fairlead query run by_origin --param origin=SFO --output sfo.csv")
    {
        Arguments.Add(QueryName);
        QueryOutput.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        await QueryOutput.RunAsync(parse, context, null, parse.GetRequiredValue(QueryName), cancellationToken);
        return ExitCodes.Success;
    }
}
