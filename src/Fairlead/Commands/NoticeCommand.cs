using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups the commands about messages to people.</summary>
internal sealed class NoticeCommand : Command
{
    public NoticeCommand()
        : base("notice", "List, show, send again or try messages to people.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead notice list --status dead", "fairlead notice show 12", "fairlead notice retry 12", "fairlead notice test team"]) });
        Subcommands.Add(new NoticeListCommand());
        Subcommands.Add(new NoticeShowCommand());
        Subcommands.Add(new NoticeRetryCommand());
        Subcommands.Add(new NoticeTestCommand());
    }
}
