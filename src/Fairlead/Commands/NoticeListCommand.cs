using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Notices;

namespace Fairlead.Commands;

/// <summary>Lists messages, newest first, and how the channels stand.</summary>
internal sealed class NoticeListCommand : CliCommand
{
    private static readonly Option<string?> Channel = new("--channel") { Description = "Only those of this channel." };
    private static readonly Option<string?> Status = new("--status") { Description = "waiting, delivered, gathered, dead or logged." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 50 };

    public NoticeListCommand()
        : base("list", "List messages, newest first, and how the channels stand.", "fairlead notice list", "fairlead notice list --channel team --status dead")
    {
        Options.Add(Channel);
        Options.Add(Status);
        Options.Add(Limit);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var path = $"/api/notices?limit={parse.GetValue(Limit).ToString(CultureInfo.InvariantCulture)}";
        if (parse.GetValue(Channel) is { } channel)
            path += $"&channel={Uri.EscapeDataString(channel)}";
        if (parse.GetValue(Status) is { } status)
            path += $"&status={Uri.EscapeDataString(status)}";
        using var client = context.Connect();
        var list = await client.GetAsync(path, NoticesJson.Default.NoticeList, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(list, NoticesJson.Default.NoticeList);
        else
            NoticePrinter.Print(context.Out, list);
        return ExitCodes.Success;
    }
}
