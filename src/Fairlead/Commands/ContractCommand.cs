using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about contracts.</summary>
internal sealed class ContractCommand : Command
{
    public ContractCommand()
        : base("contract", "Look after what command services promise their clients.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead contract check", "fairlead contract fetch localhost:50051"]) });
        Subcommands.Add(new ContractCheckCommand());
        Subcommands.Add(new ContractFetchCommand());
    }
}
