namespace Fairlead.Domain.Notices;

/// <summary>How the queue of a channel stands.</summary>
/// <param name="OldestAt">Of the oldest that waits; null when none does.</param>
/// <param name="Error">Of the oldest that waits, when it was tried.</param>
public sealed record NoticeBacklog(string Channel, int Waiting, int Delivered, int Dead, DateTimeOffset? OldestAt, string? Error);
