using System.Globalization;
using Fairlead.Domain.Notices;

namespace Fairlead.Web.Pages.Views;

/// <summary>A message in a list.</summary>
/// <param name="Link">Path of the page about what it is about; null for none.</param>
public sealed record NoticeRow(int Number, TimeView At, string Channel, string Event, string Title, string? Link, StatusView Status, string Attempts, string Note)
{
    public static NoticeRow Of(NoticeRecord notice, DateTimeOffset now) => new(
        notice.Number,
        TimeView.Of(notice.At, now),
        notice.Channel.Length == 0 ? "–" : notice.Channel,
        notice.Event,
        notice.Content.Title,
        notice.Content.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.PathAndQuery : null,
        notice.Status switch
        {
            NoticeStatus.Delivered => new StatusView("delivered", StatusView.Good),
            NoticeStatus.Gathered => new StatusView("delivered with others", StatusView.Good),
            NoticeStatus.Waiting => new StatusView("waiting", StatusView.Busy),
            NoticeStatus.Dead => new StatusView("given up", StatusView.Bad),
            _ => new StatusView("nobody to tell", StatusView.Quiet),
        },
        notice.Attempts.ToString(CultureInfo.InvariantCulture),
        notice.Error ?? "");
}
