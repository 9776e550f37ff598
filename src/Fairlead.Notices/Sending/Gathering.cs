using System.Globalization;
using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Sending;

/// <summary>Makes one message of many that waited: who was away for a day wants to know what happened, not to read it line by line.</summary>
internal static class Gathering
{
    public const string Event = "gathered";

    /// <param name="notices">In their order, one at least.</param>
    /// <param name="mostLines">How many of them are told one by one: the newest.</param>
    public static OutgoingNotice Of(IReadOnlyList<NoticeRecord> notices, int mostLines)
    {
        var (first, last) = (notices[0], notices[^1]);
        var counts = notices.GroupBy(notice => notice.Event, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}");
        List<string> lines = [$"In all: {string.Join(", ", counts)}."];
        if (notices.Count > mostLines)
            lines.Add($"The newest {mostLines}:");
        lines.AddRange(notices.TakeLast(mostLines).Select(notice => $"{Time(notice.At)} {notice.Content.Title}"));
        return new OutgoingNotice(
            $"gathered/{first.Number}-{last.Number}",
            Event,
            Event,
            last.At,
            first.Content with
            {
                Level = notices.Max(notice => notice.Content.Level),
                Title = $"{notices.Count} messages waited from {Time(first.At)} to {Time(last.At)} UTC, as this channel could not be reached",
                Data = null,
                Link = last.Content.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) + "/notices" : null,
            },
            lines);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
