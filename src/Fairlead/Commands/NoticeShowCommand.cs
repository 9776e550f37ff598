using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Notices;

namespace Fairlead.Commands;

/// <summary>Show a message and what came of it.</summary>
internal sealed class NoticeShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("number") { Description = "As 'fairlead notice list' shows it." };

    public NoticeShowCommand()
        : base("show", "Show a message and what came of it.", "fairlead notice show 12") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var notice = await client.GetAsync($"/api/notices/{parse.GetRequiredValue(Number)}", NoticesJson.Default.NoticeRecord, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(notice, NoticesJson.Default.NoticeRecord);
        else
            NoticePrinter.Print(context.Out, notice);
        return ExitCodes.Success;
    }
}
