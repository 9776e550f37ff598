using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Reference;

namespace Fairlead.Commands;

/// <summary>Prints the reference of the kinds of stages.</summary>
internal sealed class PipelineStagesCommand : CliCommand
{
    public PipelineStagesCommand()
        : base("stages", "Print what kinds of stages there are, and their settings, as Markdown.", "fairlead pipeline stages", "fairlead pipeline stages --format json")
    {
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        if (context.IsJson)
            CommandContext.WriteJson(StageSchemas.All, PipelineJson.Default.IReadOnlyListStageSchema);
        else
            Console.Out.Write(StageReference.Markdown());
        return Task.FromResult(ExitCodes.Success);
    }
}
