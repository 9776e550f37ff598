using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Pipelines;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Judges a stage that asks for it, or shows what there is to judge.</summary>
internal sealed class PipelineJudgeCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };
    private static readonly Argument<string> Stage = new("stage") { Description = "The stage that asks." };
    private static readonly Argument<string?> Choice = new("choice") { Description = "One of its choices, such as approve, or reject; without one, the evidence is shown.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Comment = new("--comment") { Description = "Why, for the record.", HelpName = "text" };

    public PipelineJudgeCommand()
        : base(
            "judge",
            "Judge a stage that asks for it, kept for ever with your name; without a choice, see the evidence.",
            "fairlead pipeline judge 7 judge",
            "fairlead pipeline judge 7 judge approve --comment \"Fit for our users.\"",
            "fairlead pipeline judge 7 judge reject --comment \"Too many false alarms.\"")
    {
        Arguments.Add(Number);
        Arguments.Add(Stage);
        Arguments.Add(Choice);
        Options.Add(Comment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = PathOf(parse.GetValue(Number), parse.GetValue(Stage)!);
        if (parse.GetValue(Choice) is { } choice)
        {
            var body = new JudgmentBody(choice, parse.GetValue(Comment), CommandContext.User);
            await PipelineShowCommand.PrintAsync(context, client, await client.PostAsync(path, body, WebJson.Default.JudgmentBody, PipelineJson.Default.Execution, cancellationToken), cancellationToken);
            return ExitCodes.Success;
        }

        var question = await client.GetAsync(path, PipelineJson.Default.JudgmentQuestion, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(question, PipelineJson.Default.JudgmentQuestion);
        else
            context.Out.Write(JudgmentPrinter.Draw(question));
        return ExitCodes.Success;
    }

    public static string PathOf(int execution, string stage) => $"/api/executions/{execution}/stages/{Uri.EscapeDataString(stage)}/judgment";
}
