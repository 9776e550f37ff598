using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about experiments.</summary>
internal sealed class ExperimentCommand : Command
{
    public ExperimentCommand()
        : base("experiment", "Compare server groups on units that are assigned to them by chance.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead experiment status", "fairlead experiment start --help"]) });
        Subcommands.Add(new ExperimentStartCommand());
        Subcommands.Add(new ExperimentStatusCommand());
        Subcommands.Add(new ExperimentListCommand());
        Subcommands.Add(new ExperimentShowCommand());
        Subcommands.Add(new ExperimentStopCommand());
        Subcommands.Add(new ExperimentConcludeCommand());
    }
}
