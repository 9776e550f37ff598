using System.Globalization;
using Fairlead.Domain.Notices;
using Fairlead.Notices;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes messages for people.</summary>
internal static class NoticePrinter
{
    public static void Print(IAnsiConsole console, NoticeList list)
    {
        if (list.Channels.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns("channel", "waiting", "since", "delivered", "given up", "");
            foreach (var channel in list.Channels)
            {
                table.AddRow(
                    new Text(channel.Channel), Number(channel.Waiting), new Text(At(channel.OldestAt)), Number(channel.Delivered), Number(channel.Dead), new Text(channel.Error ?? ""));
            }

            console.Write(table);
        }

        Print(console, list.Notices);
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<NoticeRecord> notices)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("number", "at", "channel", "event", "title", "status", "attempts", "");
        foreach (var notice in notices)
        {
            table.AddRow(
                Number(notice.Number), new Text(At(notice.At)), new Text(notice.Channel), new Text(notice.Event), new Text(notice.Content.Title), Mark(notice.Status), Number(notice.Attempts), new Text(notice.Error ?? ""));
        }

        console.Write(table);
    }

    public static void Print(IAnsiConsole console, NoticeRecord notice)
    {
        Print(console, [notice]);
        console.WriteLine(NoticeTemplate.Render(notice.Content.Template, notice.Content.Fields, text => text));
        if (notice.Content.Link is { } link)
            console.WriteLine(link);
        if (notice.Answer is { } answer)
            console.WriteLine($"{notice.Channel}: {answer}");
        if (notice.Status == NoticeStatus.Waiting && notice.Attempts > 0)
            console.WriteLine($"next attempt {At(notice.NextAt)}");
    }

    private static Markup Mark(NoticeStatus status) => new(status switch
    {
        NoticeStatus.Delivered => "[green]delivered[/]",
        NoticeStatus.Gathered => "[green]gathered[/]",
        NoticeStatus.Waiting => "[yellow]waiting[/]",
        NoticeStatus.Dead => "[red]given up[/]",
        _ => "nobody to tell",
    });

    private static Text Number(int value) => new(value.ToString(CultureInfo.InvariantCulture));

    private static string At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
