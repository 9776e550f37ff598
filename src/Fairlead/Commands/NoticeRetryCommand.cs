using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Notices;

namespace Fairlead.Commands;

/// <summary>Send a message again that was given up or waits for its next attempt.</summary>
internal sealed class NoticeRetryCommand : CliCommand
{
    private static readonly Argument<int> Number = new("number") { Description = "As 'fairlead notice list' shows it." };

    public NoticeRetryCommand()
        : base("retry", "Send a message again that was given up or waits for its next attempt.", "fairlead notice retry 12") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var notice = await client.PostAsync($"/api/notices/{parse.GetRequiredValue(Number)}/retry", new NoticeTestOrder(CommandContext.User), NoticesJson.Default.NoticeTestOrder, NoticesJson.Default.NoticeRecord, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(notice, NoticesJson.Default.NoticeRecord);
        else
            NoticePrinter.Print(context.Out, notice);
        return ExitCodes.Success;
    }
}
