using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Domain.Serialization;
using Fairlead.Notices.Outbox;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Following;

/// <summary>Looks at what changed, and puts into the queues what people want to be told of it. Whatever ends the control plane in between, the next start goes on there.</summary>
public sealed class NoticeFollower(NoticeOutbox outbox, INoticeCatalog catalog, IExecutionCatalog executions, IRecordCatalog records, IAuditLog audit, TimeProvider time, ILogger<NoticeFollower> logger)
{
    private const int Batch = 200;
    private static readonly TimeSpan CalendarPeriod = TimeSpan.FromSeconds(30);
    private long calendarSeen;
    private bool hasSeenCalendar;

    /// <summary>Follows all that changed.</summary>
    /// <returns>How many messages are new.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var added = await LookAtCalendarAsync(cancellationToken).ConfigureAwait(false);
        while (await catalog.ListFeedAsync(Batch, cancellationToken).ConfigureAwait(false) is { Count: > 0 } feed)
        {
            var project = await outbox.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in feed)
            {
                var name = $"{entry.Source}/{entry.Number}";
                var followed = await TryFollowAsync(name, entry, cancellationToken).ConfigureAwait(false);
                var notices = followed.Drafts.SelectMany(draft => outbox.Entries(project, draft)).ToList();
                added += await catalog.AddAsync(notices, Marks(name, followed), [entry], cancellationToken).ConfigureAwait(false);
            }
        }

        return added;
    }

    /// <summary>What can never be read keeps nothing else from being told.</summary>
    private async Task<Followed> TryFollowAsync(string name, NoticeFeedEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await FollowAsync(name, entry, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JsonException or FairleadException { Kind: ProblemKind.Damaged })
        {
            Log.NotReadable(logger, e, name, e.Message);
            return Followed.Nothing;
        }
    }

    private async Task<Followed> FollowAsync(string name, NoticeFeedEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.Source)
        {
            case "execution":
                return await executions.FindAsync((int)entry.Number, cancellationToken).ConfigureAwait(false) is { } execution
                    ? ExecutionChanges.Since(await MarkAsync(name, FollowingJson.Default.ExecutionMark, cancellationToken).ConfigureAwait(false), execution)
                    : Followed.Nothing;
            case "rollout":
                return await records.FindAsync(RecordKind.Rollout, (int)entry.Number, cancellationToken).ConfigureAwait(false) is { } record
                    && JsonSerializer.Deserialize(record.Document, DomainJson.Default.Rollout) is { } rollout
                    ? RolloutChanges.Since(await MarkAsync(name, FollowingJson.Default.RolloutMark, cancellationToken).ConfigureAwait(false), rollout)
                    : Followed.Nothing;
            case "audit":
                var entries = await audit.ReadAsync(entry.Number - 1, 1, cancellationToken).ConfigureAwait(false);
                return entries.Count == 1 && entries[0].Number == entry.Number ? AuditChanges.Of(entries[0]) : Followed.Nothing;
            default:
                throw new InvalidOperationException($"Nobody follows '{entry.Source}'.");
        }
    }

    private async Task<int> LookAtCalendarAsync(CancellationToken cancellationToken)
    {
        if (hasSeenCalendar && time.GetElapsedTime(calendarSeen) < CalendarPeriod)
            return 0;
        (hasSeenCalendar, calendarSeen) = (true, time.GetTimestamp());
        var project = await outbox.ReadAsync(cancellationToken).ConfigureAwait(false);
        var mark = await MarkAsync(FreezeChanges.MarkName, FollowingJson.Default.FreezeMark, cancellationToken).ConfigureAwait(false);
        var followed = FreezeChanges.Since(mark, project, time.GetUtcNow());
        return followed.Mark is null ? 0
            : await catalog.AddAsync([.. followed.Drafts.SelectMany(draft => outbox.Entries(project, draft))], Marks(FreezeChanges.MarkName, followed), [], cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<NoticeMark> Marks(string name, Followed followed) => followed.Mark is { } mark ? [new NoticeMark(name, mark, time.GetUtcNow())] : [];

    private async Task<T?> MarkAsync<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await catalog.FindMarkAsync(name, cancellationToken).ConfigureAwait(false) is { } mark ? JsonSerializer.Deserialize(mark.Document, type) : null;
}
