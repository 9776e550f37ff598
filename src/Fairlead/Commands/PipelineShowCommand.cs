using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one execution, with what it asks of people.</summary>
internal sealed class PipelineShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };

    public PipelineShowCommand()
        : base("show", "Show how an execution and its stages stand, and what it asks of people with the evidence.", "fairlead pipeline show 7", "fairlead pipeline show 7 --format json") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        await PrintAsync(context, client, await client.GetAsync($"/api/executions/{parse.GetValue(Number)}", PipelineJson.Default.Execution, cancellationToken), cancellationToken);
        return ExitCodes.Success;
    }

    public static void Print(CommandContext context, Execution execution)
    {
        if (context.IsJson)
            CommandContext.WriteJson(execution, PipelineJson.Default.Execution);
        else
            context.Out.Write(PipelineTable.Create(execution, context.Time.GetUtcNow()));
    }

    /// <summary>With what it asks of people.</summary>
    public static async Task PrintAsync(CommandContext context, ApiClient client, Execution execution, CancellationToken cancellationToken)
    {
        Print(context, execution);
        if (context.IsJson)
            return;
        foreach (var stage in execution.State.Stages.Where(stage => stage.Status == StageStatus.Judging))
        {
            context.Out.WriteLine();
            context.Out.Write(JudgmentPrinter.Draw(await client.GetAsync(PipelineJudgeCommand.PathOf(execution.Number, stage.Name), PipelineJson.Default.JudgmentQuestion, cancellationToken)));
        }
    }
}
