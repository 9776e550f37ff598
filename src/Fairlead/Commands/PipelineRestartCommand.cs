using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Runs an execution again from a stage on.</summary>
internal sealed class PipelineRestartCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };
    private static readonly Argument<string> Stage = new("stage") { Description = "The stage from which on." };

    public PipelineRestartCommand()
        : base("restart", "Run a stage again with what comes after it, and whatever did not succeed.", "fairlead pipeline restart 7 deploy")
    {
        Arguments.Add(Number);
        Arguments.Add(Stage);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new ExecutionRequestBody(CommandContext.User, null, parse.GetValue(Stage));
        var execution = await client.PostAsync($"/api/executions/{parse.GetValue(Number)}/restart", body, WebJson.Default.ExecutionRequestBody, PipelineJson.Default.Execution, cancellationToken);
        PipelineShowCommand.Print(context, execution);
        return ExitCodes.Success;
    }
}
