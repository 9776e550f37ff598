using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Delivery processes: everything about them is a command below this one; alone, it lists what there is to execute.</summary>
internal sealed class PipelineCommand : CliCommand
{
    public PipelineCommand()
        : base("pipeline", "Execute pipelines, see how they stand, and judge.", "fairlead pipeline run release --watch", "fairlead pipeline list", "fairlead pipeline show 7", "fairlead pipeline judge 7 judge approve --comment \"Fit for our users.\"")
    {
        Subcommands.Add(new PipelineRunCommand());
        Subcommands.Add(new PipelineListCommand());
        Subcommands.Add(new PipelineShowCommand());
        Subcommands.Add(new PipelineWatchCommand());
        Subcommands.Add(new PipelineRequestCommand("pause", "Let nothing further begin until it is resumed; what runs goes on."));
        Subcommands.Add(new PipelineRequestCommand("resume", "Go on after a pause."));
        Subcommands.Add(new PipelineRequestCommand("cancel", "End an execution and clean up what was interrupted."));
        Subcommands.Add(new PipelineRequestCommand("end", "End an execution now, with nothing cleaned up."));
        Subcommands.Add(new PipelineRestartCommand());
        Subcommands.Add(new PipelineJudgeCommand());
        Subcommands.Add(new PipelineLinkCommand());
        Subcommands.Add(new PipelineValidateCommand());
        Subcommands.Add(new PipelineStagesCommand());
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken) => PipelineListCommand.ListAsync(context, "", cancellationToken);
}
