using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Sweeps;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Stops a sweep, wherever it was started.</summary>
internal sealed class SweepStopCommand : CliCommand
{
    private static readonly Argument<int> Number = new("sweep") { Description = "Number of the sweep." };

    public SweepStopCommand()
        : base("stop", "Stop a sweep; what is done is kept, and it can go on.", "fairlead sweep stop 3") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var stopped = await client.PostAsync(
            $"/api/sweeps/{parse.GetValue(Number)}/stop", new UserBody(CommandContext.User), WebJson.Default.UserBody, SweepJson.Default.SweepRecord, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(stopped, SweepJson.Default.SweepRecord);
        else
            context.Out.MarkupLineInterpolated($"sweep {stopped.Number} is {stopped.Status.ToString().ToLowerInvariant()} after {stopped.Done} of {stopped.Planned} trials; 'fairlead sweep resume {stopped.Number}' goes on");
        return ExitCodes.Success;
    }
}
