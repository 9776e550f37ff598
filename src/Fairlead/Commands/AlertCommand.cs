using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about one alert.</summary>
internal sealed class AlertCommand : Command
{
    public AlertCommand()
        : base("alert", "Show, silence or acknowledge an alert.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead alert show capture_lost", "fairlead alert silence slow --for 2h --reason \"load test\"", "fairlead alert ack slow"]) });
        Subcommands.Add(new AlertShowCommand());
        Subcommands.Add(new AlertSilenceCommand());
        Subcommands.Add(new AlertAckCommand());
    }
}
