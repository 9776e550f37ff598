using System.Text.Json;
using Dapper;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteNotices(SqliteSession session) : INoticeCatalog
{
    public Task<int> AddAsync(IReadOnlyList<NoticeEntry> notices, IReadOnlyList<NoticeMark> marks, IReadOnlyList<NoticeFeedEntry> read, CancellationToken cancellationToken)
    {
        var documents = notices.Select(notice => JsonSerializer.Serialize(notice.Content, NoticeJson.Default.NoticeContent)).ToList();
        return session.WriteAsync(
            connection =>
            {
                var added = 0;
                foreach (var (notice, document) in notices.Zip(documents))
                {
                    var status = notice.Channel.Length == 0 ? NoticeStatus.Logged : NoticeStatus.Waiting;
                    added += connection.Run(
                        "InsertNotice",
                        new { channel = notice.Channel, key = notice.Key, @event = notice.Event, subject = notice.Subject, status = status.CamelCase(), at = Microseconds(notice.At), document });
                }

                foreach (var mark in marks)
                    connection.Run("SetNoticeMark", new { name = mark.Name, at = Microseconds(mark.At), document = mark.Document });
                foreach (var entry in read)
                    connection.Run("RemoveNoticeFeed", new { source = entry.Source, number = entry.Number, revision = entry.Revision });
                return added;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<NoticeFeedEntry>> ListFeedAsync(int limit, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<NoticeFeedEntry>>(
            connection => [.. connection.Query<(string Source, long Number, long Revision)>(Statements.Get("ListNoticeFeed"), new { limit }).Select(row => new NoticeFeedEntry(row.Source, row.Number, row.Revision))],
            cancellationToken);

    public Task<NoticeMark?> FindMarkAsync(string name, CancellationToken cancellationToken) =>
        session.ReadAsync(
            connection => connection.Query<(string Name, string Document, long At)>(Statements.Get("FindNoticeMark"), new { name }).Select(row => new NoticeMark(row.Name, row.Document, Moment(row.At))).FirstOrDefault(),
            cancellationToken);

    public Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, DateTimeOffset latest, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<string>>(
            connection => [.. connection.Query<string>(Statements.Get("ListDueChannels"), new { now = Microseconds(now), latest = Microseconds(latest) })], cancellationToken);

    public Task<IReadOnlyList<NoticeRecord>> ListWaitingAsync(string channel, int limit, CancellationToken cancellationToken) =>
        ReadAsync("ListWaitingNotices", new { channel, limit }, cancellationToken);

    public Task SettleAsync(IReadOnlyList<int> numbers, NoticeStatus status, string? error, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => numbers.Sum(number => connection.Run("SettleNotice", new { number, status = status.CamelCase(), error, at = Microseconds(at) })), cancellationToken);

    public Task PostponeAsync(int number, string error, DateTimeOffset nextAt, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("PostponeNotice", new { number, error, nextAt = Microseconds(nextAt) }), cancellationToken);

    public Task<NoticeRecord> RetryAsync(int number, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                var notice = Rows(connection, "FindNotice", new { number }).FirstOrDefault() ?? throw FairleadException.NotFound($"There is no message '{number}'; list them with 'fairlead notice list'.");
                if (notice.Status is not (NoticeStatus.Dead or NoticeStatus.Waiting))
                    throw FairleadException.Conflict($"Message '{number}' {(notice.Status == NoticeStatus.Logged ? "was for nobody" : "arrived already")}; there is nothing to send again.");
                connection.Run("RetryNotice", new { number, now = Microseconds(now) });
                return notice with { Status = NoticeStatus.Waiting, NextAt = now, SettledAt = null };
            },
            cancellationToken);

    public Task<NoticeRecord?> FindAsync(int number, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => Rows(connection, "FindNotice", new { number }).FirstOrDefault(), cancellationToken);

    public Task<IReadOnlyList<NoticeRecord>> ListAsync(NoticeFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(
            filter.Subject is null ? "ListNotices" : "ListNoticesOfSubject",
            new { channel = filter.Channel, status = filter.Status?.CamelCase(), subject = filter.Subject, limit = filter.Limit },
            cancellationToken);

    public Task<IReadOnlyList<NoticeBacklog>> ListBacklogsAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<NoticeBacklog>>(
            connection =>
            {
                var oldest = connection.Query<(string Channel, long Number, long At, string? Error)>(Statements.Get("OldestNotices")).ToDictionary(row => row.Channel, StringComparer.Ordinal);
                var counts = connection.Query<(string Channel, string Status, int Number)>(Statements.Get("CountNotices")).ToLookup(row => row.Channel, StringComparer.Ordinal);
                return [.. counts.Select(channel =>
                {
                    int Of(params NoticeStatus[] statuses) => channel.Where(row => statuses.Any(status => status.CamelCase() == row.Status)).Sum(row => row.Number);
                    var isWaiting = oldest.TryGetValue(channel.Key, out var first);
                    return new NoticeBacklog(channel.Key, Of(NoticeStatus.Waiting), Of(NoticeStatus.Delivered, NoticeStatus.Gathered), Of(NoticeStatus.Dead), isWaiting ? Moment(first.At) : null, isWaiting ? first.Error : null);
                })];
            },
            cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection =>
            {
                connection.Run("RemoveNoticeMarks", new { before = Microseconds(before) });
                return connection.Run("RemoveNotices", new { before = Microseconds(before) });
            },
            cancellationToken);

    private Task<IReadOnlyList<NoticeRecord>> ReadAsync(string statement, object parameters, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<NoticeRecord>>(connection => [.. Rows(connection, statement, parameters)], cancellationToken);

    private IEnumerable<NoticeRecord> Rows(SqliteConnection connection, string statement, object parameters) =>
        connection.Query<NoticeRow>(Statements.Get(statement), parameters).Select(row => new NoticeRecord
        {
            Number = (int)row.Number,
            Channel = row.Channel,
            Key = row.Key,
            Event = row.Event,
            Subject = row.Subject,
            Status = Enum.Parse<NoticeStatus>(row.Status, ignoreCase: true),
            At = Moment(row.At),
            NextAt = Moment(row.NextAt),
            Attempts = (int)row.Attempts,
            SettledAt = row.SettledAt is { } settled ? Moment(settled) : null,
            Error = row.Error,
            Content = session.Parse(row.Document, NoticeJson.Default.NoticeContent),
        });

    private static DateTimeOffset Moment(long at) => DateTimeOffset.UnixEpoch.AddMicroseconds(at);

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
