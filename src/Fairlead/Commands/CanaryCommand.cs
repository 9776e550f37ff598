using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about canaries.</summary>
internal sealed class CanaryCommand : Command
{
    public CanaryCommand()
        : base("canary", "Compare a candidate with what is live.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead canary list", "fairlead canary show 12", "fairlead canary judge --control a.csv --experiment b.csv --config canary.yaml"]) });
        Subcommands.Add(new CanaryListCommand());
        Subcommands.Add(new CanaryShowCommand());
        Subcommands.Add(new CanaryJudgeCommand());
    }
}
