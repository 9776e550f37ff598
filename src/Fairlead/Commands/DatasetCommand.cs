using System.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about datasets.</summary>
internal sealed class DatasetCommand : Command
{
    public DatasetCommand()
        : base("dataset", "Register and list versions of the project's data.")
    {
        Subcommands.Add(new DatasetAddCommand());
        Subcommands.Add(new DatasetListCommand());
    }
}
