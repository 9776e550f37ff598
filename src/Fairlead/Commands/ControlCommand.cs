using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Roles;

namespace Fairlead.Commands;

/// <summary>The control plane as this process.</summary>
internal sealed class ControlCommand : CliCommand
{
    public ControlCommand()
        : base(
            "control",
            "Be the control plane, in this process, until stopped; the host that it starts goes on without it.",
            "fairlead control",
            "fairlead control --port 7070 --host-port 7071")
    {
        Options.Add(RoleOptions.Port);
        Options.Add(RoleOptions.HostPort);
        Options.Add(RoleOptions.Address);
        Options.Add(RoleOptions.QueryMemory);
        Options.Add(RoleOptions.Parallel);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        await ControlRole.RunAsync(context.FindProject(), RoleOptions.Read(parse), CommandContext.Token, context.Time, cancellationToken);
        return ExitCodes.Success;
    }
}
