using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Notices;

/// <summary>The seam to the queue of messages. Each write is one transaction and on the disk when its task completes.</summary>
public interface INoticeCatalog
{
    /// <summary>Queues messages, except those that are known by channel and key, and notes with them how far the changes were followed.</summary>
    /// <param name="read">Entries of the feed that are done with, unless they changed since.</param>
    /// <returns>How many messages are new.</returns>
    Task<int> AddAsync(IReadOnlyList<NoticeEntry> notices, IReadOnlyList<NoticeMark> marks, IReadOnlyList<NoticeFeedEntry> read, CancellationToken cancellationToken);

    /// <summary>What changed and was not looked at, oldest first.</summary>
    Task<IReadOnlyList<NoticeFeedEntry>> ListFeedAsync(int limit, CancellationToken cancellationToken);

    Task<NoticeMark?> FindMarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>Channels whose oldest waiting message is due.</summary>
    /// <param name="latest">A time for which no message waits: one that is later comes from a clock that was set, and is due.</param>
    Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, DateTimeOffset latest, CancellationToken cancellationToken);

    /// <summary>The oldest that wait, in their order.</summary>
    Task<IReadOnlyList<NoticeRecord>> ListWaitingAsync(string channel, int limit, CancellationToken cancellationToken);

    /// <summary>They arrived, or are given up: an attempt more.</summary>
    Task SettleAsync(IReadOnlyList<int> numbers, NoticeStatus status, string? error, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>It did not arrive: an attempt more, and not again before a time.</summary>
    Task PostponeAsync(int number, string error, DateTimeOffset nextAt, CancellationToken cancellationToken);

    /// <summary>Lets a message wait again, due now.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it arrived, or there was nobody to tell.</exception>
    Task<NoticeRecord> RetryAsync(int number, DateTimeOffset now, CancellationToken cancellationToken);

    Task<NoticeRecord?> FindAsync(int number, CancellationToken cancellationToken);

    Task<IReadOnlyList<NoticeRecord>> ListAsync(NoticeFilter filter, CancellationToken cancellationToken);

    /// <summary>Of every channel that ever had a message.</summary>
    Task<IReadOnlyList<NoticeBacklog>> ListBacklogsAsync(CancellationToken cancellationToken);

    /// <summary>Removes what does not wait, and marks, from before a time.</summary>
    Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
