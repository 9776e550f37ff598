using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Roles;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Stops control plane and host of this project.</summary>
internal sealed class DownCommand()
    : CliCommand("down", "Stop the control plane and the host of this project.", "fairlead down")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var stopped = await ControlProcess.StopAsync(context.FindProject(), context.Time, cancellationToken);
        context.Error.WriteLine(stopped ? "stopped" : "nothing was running");
        return ExitCodes.Success;
    }
}
