using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about datasets.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand()
        : base("dataset", "Register, describe and compare versions of the project's data.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead dataset add", "fairlead dataset show rides", "fairlead dataset diff rides@1 rides@2", "fairlead dataset pull rides@2 /tmp/rides"]) });
        Subcommands.Add(new DatasetAddCommand());
        Subcommands.Add(new DatasetListCommand());
        Subcommands.Add(new DatasetShowCommand());
        Subcommands.Add(new DatasetDiffCommand());
        Subcommands.Add(new DatasetPullCommand());
    }
}
