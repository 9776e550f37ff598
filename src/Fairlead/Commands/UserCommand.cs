using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about users.</summary>
internal sealed class UserCommand : Command
{
    public UserCommand()
        : base("user", "Say who may do what: users, their roles and tokens.")
    {
        Options.Add(new HelpOption
        {
            Action = new ExamplesHelpAction(["fairlead user add ann --role admin      # the first one: from then on everything needs a token", "fairlead user add ben --role developer --role judge@prod", "fairlead user list", "fairlead user revoke ben"]),
        });
        Subcommands.Add(new UserAddCommand());
        Subcommands.Add(new UserListCommand());
        Subcommands.Add(new UserSetCommand());
        Subcommands.Add(new UserTokenCommand());
        Subcommands.Add(new UserLinkCommand());
        Subcommands.Add(new UserRevokeCommand());
        Subcommands.Add(new UserGroupsCommand());
        Subcommands.Add(new UserGroupCommand());
    }
}
