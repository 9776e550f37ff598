using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about datasets.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand()
        : base("dataset", "Register and list versions of the project's data.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead dataset add", "fairlead dataset list customers"]) });
        Subcommands.Add(new DatasetAddCommand());
        Subcommands.Add(new DatasetListCommand());
    }
}
