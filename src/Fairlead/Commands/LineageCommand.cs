using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Groups what is told to other systems about lineage.</summary>
internal sealed class LineageCommand : Command
{
    public LineageCommand()
        : base("lineage", "Tell other systems where things came from, in the words of OpenLineage.")
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(["fairlead lineage export --output events.ndjson"]) });
        Subcommands.Add(new LineageExportCommand());
    }
}
