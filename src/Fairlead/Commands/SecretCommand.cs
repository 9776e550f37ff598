using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about secrets.</summary>
internal sealed class SecretCommand : Command
{
    public SecretCommand()
        : base("secret", "Keep secrets, encrypted; the project file refers to them by 'secret:NAME'.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead secret set db_password --environment prod", "fairlead secret list", "fairlead secret rotate"]) });
        Subcommands.Add(new SecretSetCommand());
        Subcommands.Add(new SecretListCommand());
        Subcommands.Add(new SecretRemoveCommand());
        Subcommands.Add(new SecretRotateCommand());
    }
}
