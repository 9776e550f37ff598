using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about what is kept of predictions.</summary>
internal sealed class PredictionsCommand : Command
{
    public PredictionsCommand()
        : base("predictions", "See how much is kept of predictions, erase a unit, and set damaged files aside.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead predictions list", "fairlead predictions erase --unit customer-4711 --reason 'asked by letter'"]) });
        Subcommands.Add(new PredictionsListCommand());
        Subcommands.Add(new PredictionsEraseCommand());
        Subcommands.Add(new PredictionsErasuresCommand());
        Subcommands.Add(new PredictionsQuarantineCommand());
        Subcommands.Add(new PredictionsRestoreCommand());
    }
}
