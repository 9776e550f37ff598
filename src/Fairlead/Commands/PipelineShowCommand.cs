using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Commands;

/// <summary>Shows one execution.</summary>
internal sealed class PipelineShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };

    public PipelineShowCommand()
        : base("show", "Show how an execution and its stages stand.", "fairlead pipeline show 7", "fairlead pipeline show 7 --format json") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        Print(context, await client.GetAsync($"/api/executions/{parse.GetValue(Number)}", PipelineJson.Default.Execution, cancellationToken));
        return ExitCodes.Success;
    }

    public static void Print(CommandContext context, Execution execution)
    {
        if (context.IsJson)
            CommandContext.WriteJson(execution, PipelineJson.Default.Execution);
        else
            context.Out.Write(PipelineTable.Create(execution, context.Time.GetUtcNow()));
    }
}
