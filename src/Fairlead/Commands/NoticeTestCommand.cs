using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Notices;
using Fairlead.Notices;

namespace Fairlead.Commands;

/// <summary>Sends a message to a channel and says what came of it.</summary>
internal sealed class NoticeTestCommand : CliCommand
{
    private static readonly Argument<string> Channel = new("channel") { Description = "Its name in the project file." };

    public NoticeTestCommand()
        : base("test", "Send a message to a channel at once, whatever else waits for it, and say what the receiver answered.", "fairlead notice test team") =>
        Arguments.Add(Channel);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var order = new NoticeTestOrder(CommandContext.User);
        var notice = await client.PostAsync($"/api/notices/channels/{Uri.EscapeDataString(parse.GetRequiredValue(Channel))}/test", order, NoticesJson.Default.NoticeTestOrder, NoticesJson.Default.NoticeRecord, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(notice, NoticesJson.Default.NoticeRecord);
        else
            NoticePrinter.Print(context.Out, notice);
        return notice.Status is NoticeStatus.Delivered or NoticeStatus.Gathered ? ExitCodes.Success : ExitCodes.Failure;
    }
}
