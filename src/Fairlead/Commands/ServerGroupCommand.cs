using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about server groups.</summary>
internal sealed class ServerGroupCommand : Command
{
    public ServerGroupCommand()
        : base("server-group", "See and change single server groups.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead server-group list", "fairlead server-group disable late-prod-v003", "fairlead server-group resize briefing-prod-v002 4"]) });
        Subcommands.Add(new ServerGroupListCommand());
        Subcommands.Add(new ServerGroupShowCommand());
        Subcommands.Add(new ServerGroupChangeCommand("enable", "Give a warm server group all of the traffic, or a share of it."));
        Subcommands.Add(new ServerGroupChangeCommand("disable", "Take a server group's traffic away; the others share it, and it stays warm."));
        Subcommands.Add(new ServerGroupChangeCommand("destroy", "Take a server group without traffic away from the hosts; its record stays."));
        Subcommands.Add(new ServerGroupChangeCommand("resize", "Set how many instances of a command service a server group has."));
    }
}
