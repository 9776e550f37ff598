using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Roles;

namespace Fairlead.Commands;

/// <summary>The host as this process.</summary>
internal sealed class HostCommand : CliCommand
{
    public HostCommand()
        : base(
            "host",
            "Be the host, in this process, until stopped: answer predictions as the last desired state says.",
            "fairlead host",
            "fairlead host --host-port 7071 --port 7070")
    {
        Options.Add(RoleOptions.Port);
        Options.Add(RoleOptions.HostPort);
        Options.Add(RoleOptions.Address);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        await HostRole.RunAsync(context.FindProject(), RoleOptions.Read(parse), CommandContext.Token, context.Time, cancellationToken);
        return ExitCodes.Success;
    }
}
