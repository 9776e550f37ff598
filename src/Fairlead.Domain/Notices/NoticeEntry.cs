namespace Fairlead.Domain.Notices;

/// <summary>A message that is to be put into the queue of a channel.</summary>
/// <param name="Channel">Empty for one that nobody is told.</param>
/// <param name="Key">Taken once for each channel.</param>
public sealed record NoticeEntry(string Channel, string Key, string Event, string Subject, DateTimeOffset At, NoticeContent Content);
