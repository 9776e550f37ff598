using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Judges a stage that asks for it.</summary>
internal sealed class PipelineJudgeCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };
    private static readonly Argument<string> Stage = new("stage") { Description = "The stage that asks." };
    private static readonly Argument<string> Choice = new("choice") { Description = "One of its choices, such as approve, or reject." };
    private static readonly Option<string?> Comment = new("--comment") { Description = "Why, for the record.", HelpName = "text" };

    public PipelineJudgeCommand()
        : base("judge", "Judge a stage that asks for it; kept for ever, with your name.", "fairlead pipeline judge 7 judge approve --comment \"Fit for our users.\"", "fairlead pipeline judge 7 judge reject --comment \"Too many false alarms.\"")
    {
        Arguments.Add(Number);
        Arguments.Add(Stage);
        Arguments.Add(Choice);
        Options.Add(Comment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new JudgmentBody(parse.GetValue(Choice)!, parse.GetValue(Comment), CommandContext.User);
        var path = $"/api/executions/{parse.GetValue(Number)}/stages/{Uri.EscapeDataString(parse.GetValue(Stage)!)}/judgment";
        PipelineShowCommand.Print(context, await client.PostAsync(path, body, WebJson.Default.JudgmentBody, PipelineJson.Default.Execution, cancellationToken));
        return ExitCodes.Success;
    }
}
