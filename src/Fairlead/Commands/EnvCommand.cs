using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about environments.</summary>
internal sealed class EnvCommand : Command
{
    public EnvCommand()
        : base("env", "See environments: what they inherit, what they give to services, and in what they differ.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead env list", "fairlead env show acme", "fairlead env diff stage prod", "fairlead env diff prod --release v007"]) });
        Subcommands.Add(new EnvListCommand());
        Subcommands.Add(new EnvShowCommand());
        Subcommands.Add(new EnvDiffCommand());
    }
}
