using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>What begins executions by itself: everything about it is a command below this one; alone, it lists them.</summary>
internal sealed class TriggerCommand : CliCommand
{
    public TriggerCommand()
        : base("trigger", "See what begins executions by itself, pause it, or fire it by hand.", "fairlead trigger list", "fairlead trigger show release/git", "fairlead trigger pause release/cron")
    {
        Subcommands.Add(new TriggerListCommand());
        Subcommands.Add(new TriggerShowCommand());
        Subcommands.Add(new TriggerFireCommand());
        Subcommands.Add(new TriggerPauseCommand("pause", "Let nothing begin because of a trigger; what it sees meanwhile is recorded as skipped."));
        Subcommands.Add(new TriggerPauseCommand("resume", "Let a trigger go on."));
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken) => TriggerListCommand.ListAsync(context, cancellationToken);
}
