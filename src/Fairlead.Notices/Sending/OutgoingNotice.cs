using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Sending;

/// <summary>A message as it is handed to a channel, which writes it in its own way.</summary>
/// <param name="Key">The same at each attempt.</param>
/// <param name="Lines">Of a message that gathers others: what they said, oldest first; else empty.</param>
internal sealed record OutgoingNotice(string Key, string Event, string Subject, DateTimeOffset At, NoticeContent Content, IReadOnlyList<string> Lines)
{
    public static OutgoingNotice Of(NoticeRecord notice) => new(notice.Key, notice.Event, notice.Subject, notice.At, notice.Content, []);

    /// <param name="write">How values are written.</param>
    public string Title(Func<string, string> write) => write(Content.Title);

    /// <summary>What is said below the title.</summary>
    /// <param name="write">How values are written.</param>
    public string Text(Func<string, string> write) =>
        Lines.Count == 0 ? NoticeTemplate.Render(Content.Template, Content.Fields, write) : string.Join('\n', Lines.Select(write));
}
