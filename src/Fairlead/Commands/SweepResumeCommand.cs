using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Goes on with a sweep that ended before it was done.</summary>
internal sealed class SweepResumeCommand : CliCommand
{
    private static readonly Argument<int> Number = new("sweep") { Description = "Number of the sweep." };
    private static readonly Option<bool> Promote = new("--promote") { Description = "Writes the best parameters into the project file, in a commit." };

    public SweepResumeCommand()
        : base("resume", "Go on with a sweep that was stopped or lost; it ends as if it had not been.", "fairlead sweep resume 3")
    {
        Arguments.Add(Number);
        Options.Add(Promote);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var lines = client.StreamAsync($"/api/sweeps/{parse.GetValue(Number)}/resume", new UserBody(CommandContext.User), WebJson.Default.UserBody, cancellationToken);
        return await SweepCommand.FollowAsync(context, lines, parse.GetValue(Promote), cancellationToken);
    }
}
