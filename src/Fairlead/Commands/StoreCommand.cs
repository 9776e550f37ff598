using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about the store as a whole.</summary>
internal sealed class StoreCommand : Command
{
    public StoreCommand()
        : base("store", "See what takes how much of the store, remove what nothing needs, check it, and exchange artifacts with a registry.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead store du", "fairlead store gc --dry", "fairlead store push rides@3"]) });
        Subcommands.Add(new StoreGcCommand("fairlead store gc"));
        Subcommands.Add(new StoreDuCommand("fairlead store du"));
        Subcommands.Add(new FsckCommand("fairlead store fsck"));
        Subcommands.Add(new StorePushCommand("fairlead store push"));
        Subcommands.Add(new StorePullCommand());
    }
}
