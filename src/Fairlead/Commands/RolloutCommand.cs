using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about rollouts.</summary>
internal sealed class RolloutCommand : Command
{
    public RolloutCommand()
        : base("rollout", "See and steer deployments and rollbacks while they go on.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead rollout list", "fairlead rollout show 12 --follow", "fairlead rollout abort 12"]) });
        Subcommands.Add(new RolloutListCommand());
        Subcommands.Add(new RolloutShowCommand());
        Subcommands.Add(new RolloutChangeCommand("pause", "Keep a rollout at the step where it is; its health is watched on."));
        Subcommands.Add(new RolloutChangeCommand("resume", "Let a paused rollout go on."));
        Subcommands.Add(new RolloutChangeCommand("promote", "Let a rollout go on from its step now, before its time and without asking its analysis."));
        Subcommands.Add(new RolloutChangeCommand("abort", "Give the traffic back to what was live before."));
    }
}
