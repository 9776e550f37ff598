using Fairlead.Notices;

namespace Fairlead.Web.Pages.Views;

/// <summary>How the channels stand, and messages, newest first.</summary>
public sealed record NoticesView(IReadOnlyList<NoticeChannelRow> Channels, IReadOnlyList<NoticeRow> Notices)
{
    public static NoticesView Of(NoticeList list, DateTimeOffset now) => new([.. list.Channels.Select(channel => NoticeChannelRow.Of(channel, now))], [.. list.Notices.Select(notice => NoticeRow.Of(notice, now))]);
}
