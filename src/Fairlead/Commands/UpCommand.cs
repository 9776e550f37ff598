using System.CommandLine;
using System.Diagnostics;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Roles;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Starts the control plane, which starts the host, and waits until both answer.</summary>
internal sealed class UpCommand : CliCommand
{
    private static readonly Option<bool> Foreground = new("--foreground", "-f") { Description = "Stay until Ctrl-C, then stop both." };

    public UpCommand()
        : base(
            "up",
            "Start the control plane and the host of this project as two processes.",
            "fairlead up",
            "fairlead up --port 7170 --host-port 7171",
            "fairlead up --foreground            # stop both with Ctrl-C",
            "FAIRLEAD_TOKEN=… fairlead up --address 0.0.0.0")
    {
        Options.Add(RoleOptions.Port);
        Options.Add(RoleOptions.HostPort);
        Options.Add(RoleOptions.Address);
        Options.Add(RoleOptions.QueryMemory);
        Options.Add(RoleOptions.Parallel);
        Options.Add(Foreground);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var state = context.FindProject();
        var clock = Stopwatch.StartNew();
        var endpoint = await ControlProcess.StartAsync(state, RoleOptions.Read(parse), context.Time, cancellationToken);
        Report(context, endpoint, clock.Elapsed);
        if (!parse.GetValue(Foreground))
            return ExitCodes.Success;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.Error.MarkupLine("stopping …");
        }

        await ControlProcess.StopAsync(state, context.Time, CancellationToken.None);
        return ExitCodes.Success;
    }

    private static void Report(CommandContext context, Endpoint endpoint, TimeSpan elapsed)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(endpoint, EndpointJson.Default.Endpoint);
            return;
        }

        context.Out.MarkupLineInterpolated($"control plane  [bold]{endpoint.Url}[/]");
        context.Out.MarkupLineInterpolated($"host           [bold]{endpoint.HostUrl}[/]");
        context.Error.MarkupLineInterpolated($"[grey]ready in {elapsed.TotalSeconds:0.00} s; stop with 'fairlead down'[/]");
    }
}
