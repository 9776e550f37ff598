using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Makes a signed link by which one person judges once.</summary>
internal sealed class PipelineLinkCommand : CliCommand
{
    private static readonly Argument<int> Number = new("execution") { Description = "Number of the execution." };
    private static readonly Argument<string> Stage = new("stage") { Description = "The stage that asks." };
    private static readonly Option<string?> For = new("--for") { Description = "The person who judges by it; else you. A link for somebody else is made for admins.", HelpName = "user" };
    private static readonly Option<double?> Hours = new("--hours") { Description = "How long it can be used; else 24.", HelpName = "hours" };

    public PipelineLinkCommand()
        : base("link", "Make a link by which one person can judge once, without signing in. Whoever has it judges as that person.", "fairlead pipeline link 7 judge", "fairlead pipeline link 7 judge --for eve --hours 2")
    {
        Arguments.Add(Number);
        Arguments.Add(Stage);
        Options.Add(For);
        Options.Add(Hours);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new JudgmentLinkBody(parse.GetValue(For), parse.GetValue(Hours), CommandContext.User);
        var path = PipelineJudgeCommand.PathOf(parse.GetValue(Number), parse.GetValue(Stage)!) + "/link";
        var answer = await client.PostAsync(path, body, WebJson.Default.JudgmentLinkBody, WebJson.Default.JudgmentLinkAnswer, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(answer, WebJson.Default.JudgmentLinkAnswer);
            return ExitCodes.Success;
        }

        context.Out.WriteLine(answer.Link.ToString());
        context.Error.MarkupLineInterpolated($"whoever opens it judges as '{answer.For}', once, until {PipelineText.Time(answer.ExpiresAt)}");
        return ExitCodes.Success;
    }
}
