using System.Globalization;
using Fairlead.Domain.Notices;

namespace Fairlead.Web.Pages.Views;

/// <summary>How the queue of a channel stands.</summary>
public sealed record NoticeChannelRow(string Channel, StatusView Status, string Waiting, TimeView? Since, string Delivered, string Dead, string Note)
{
    public static NoticeChannelRow Of(NoticeBacklog backlog, DateTimeOffset now) => new(
        backlog.Channel,
        backlog.Error is not null ? new StatusView("does not answer", StatusView.Bad) : backlog.Waiting > 0 ? new StatusView("sending", StatusView.Busy) : new StatusView("fine", StatusView.Good),
        backlog.Waiting.ToString(CultureInfo.InvariantCulture),
        backlog.OldestAt is { } oldest ? TimeView.Of(oldest, now) : null,
        backlog.Delivered.ToString(CultureInfo.InvariantCulture),
        backlog.Dead.ToString(CultureInfo.InvariantCulture),
        backlog.Error ?? "");
}
