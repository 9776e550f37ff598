using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Asks something of an execution as a whole: pause, resume, cancel, end.</summary>
internal sealed class PipelineRequestCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the record.", HelpName = "text" };
    private readonly string request;

    public PipelineRequestCommand(string name, string description)
        : base(name, description, $"fairlead pipeline {name} 7", $"fairlead pipeline {name} 7 --reason \"wrong data\"")
    {
        request = name;
        Arguments.Add(Number);
        Options.Add(Reason);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new ExecutionRequestBody(CommandContext.User, parse.GetValue(Reason));
        var execution = await client.PostAsync($"/api/executions/{parse.GetValue(Number)}/{request}", body, WebJson.Default.ExecutionRequestBody, PipelineJson.Default.Execution, cancellationToken);
        PipelineShowCommand.Print(context, execution);
        return ExitCodes.Success;
    }
}
