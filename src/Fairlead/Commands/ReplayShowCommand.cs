using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Replay;

namespace Fairlead.Commands;

/// <summary>Shows the report of a replay.</summary>
internal sealed class ReplayShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("number") { Description = "As 'fairlead replay list' shows it." };

    public ReplayShowCommand()
        : base("show", "Show the report of a replay.", "fairlead replay show 4", "fairlead replay show 4 --format json") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var report = await client.GetAsync($"/api/replays/{parse.GetValue(Number)}/report", ReplayJson.Default.ReplayReport, cancellationToken);
        ReplayCommand.Print(context, report);
        return ExitCodes.Success;
    }
}
