using System.Collections.Concurrent;
using System.Collections.Frozen;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Sending;

/// <summary>
/// Delivers what waits, each channel by itself and in its order: at least once, again with growing pauses, until it is accepted or has waited for days.
/// A channel that hangs or refuses holds up nobody but itself.
/// </summary>
public sealed class NoticeCourier : IAsyncDisposable
{
    private const int Batch = 200;
    private readonly ConcurrentDictionary<string, Task<int>> lanes = new(StringComparer.Ordinal);

    /// <summary>A channel is given one message at a time, whoever gives it.</summary>
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private readonly FrozenDictionary<string, INoticeChannel> kinds;
    private readonly INoticeCatalog catalog;
    private readonly ReadableProject project;
    private readonly NoticeOptions options;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly ILogger logger;

    internal NoticeCourier(IWorkspace workspace, INoticeCatalog catalog, IEnumerable<INoticeChannel> kinds, NoticeOptions options, TimeProvider time, Random random, ILogger<NoticeCourier> logger)
    {
        project = new ReadableProject(workspace);
        this.kinds = kinds.ToFrozenDictionary(kind => kind.Kind, StringComparer.Ordinal);
        (this.catalog, this.options, this.time, this.random, this.logger) = (catalog, options, time, random, logger);
    }

    /// <summary>Begins with every channel that has something due and is not at it already.</summary>
    /// <returns>What was begun: how many messages arrived by each.</returns>
    public async Task<IReadOnlyList<Task<int>>> BeginAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var begun = new List<Task<int>>();
        foreach (var channel in await catalog.ListDueAsync(now, now + (2 * NoticePauses.Longest), cancellationToken).ConfigureAwait(false))
        {
            if (lanes.TryGetValue(channel, out var lane) && !lane.IsCompleted)
                continue;
            begun.Add(lanes[channel] = Task.Run(() => DeliverAsync(channel), CancellationToken.None));
        }

        return begun;
    }

    /// <summary>Delivers what is due, and waits for it.</summary>
    /// <returns>How many messages arrived.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(await BeginAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)).Sum();

    /// <summary>Tries a message at once, before all that wait for its channel, and only once: whoever tries wants to know what comes of it.</summary>
    /// <returns>Delivered or given up, with what the receiver said; as it stands where it was sent meanwhile.</returns>
    public async Task<NoticeRecord> TryNowAsync(int number, CancellationToken cancellationToken)
    {
        var notice = (await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false))!;
        using var turn = await TakeTurnAsync(notice.Channel, cancellationToken).ConfigureAwait(false);
        notice = (await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false))!;
        if (notice.Status != NoticeStatus.Waiting)
            return notice;
        var (kind, definition) = await FindAsync(notice.Channel, cancellationToken).ConfigureAwait(false);
        var outcome = await AttemptAsync(kind, definition, notice.Channel, OutgoingNotice.Of(notice), cancellationToken).ConfigureAwait(false);
        (outcome.IsDelivered ? NoticeMetrics.Delivered : NoticeMetrics.Failed).Add(1, NoticeMetrics.Of(notice.Channel));
        await catalog.SettleAsync([number], outcome.IsDelivered ? NoticeStatus.Delivered : NoticeStatus.Dead, outcome.Error, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return (await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false))! with { Answer = outcome.Answer ?? outcome.Error };
    }

    /// <summary>Breaks off: what was not recorded as delivered is sent again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(lanes.Values).ConfigureAwait(false);
        ending.Dispose();
    }

    private async Task<int> DeliverAsync(string channel)
    {
        try
        {
            var delivered = 0;
            while (await catalog.ListWaitingAsync(channel, Batch, ending.Token).ConfigureAwait(false) is { Count: > 0 } waiting)
            {
                var (count, goesOn) = await DeliverAsync(channel, waiting, ending.Token).ConfigureAwait(false);
                delivered += count;
                if (!goesOn)
                    break;
            }

            return delivered;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e)
        {
            Log.LaneFailed(logger, e, channel, e.Message);
            return 0;
        }
    }

    private async Task<(int Delivered, bool GoesOn)> DeliverAsync(string channel, IReadOnlyList<NoticeRecord> waiting, CancellationToken cancellationToken)
    {
        var (kind, definition) = await FindAsync(channel, cancellationToken).ConfigureAwait(false);

        // A burst is told one by one; what waited long is not.
        if (kind is { GatheredLines: > 0 } && waiting.Count > options.GatheredAbove && time.GetUtcNow() - waiting[0].At >= options.GatheredAfter)
        {
            using var turn = await TakeTurnAsync(channel, cancellationToken).ConfigureAwait(false);
            var outcome = await AttemptAsync(kind, definition, channel, Gathering.Of(waiting, kind.GatheredLines), cancellationToken).ConfigureAwait(false);
            if (outcome.IsDelivered)
            {
                await catalog.SettleAsync([.. waiting.Select(notice => notice.Number)], NoticeStatus.Gathered, null, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                NoticeMetrics.Delivered.Add(waiting.Count, NoticeMetrics.Of(channel));
                return (waiting.Count, true);
            }

            return (0, await NoteAsync(waiting[0], outcome with { IsRefused = false }, cancellationToken).ConfigureAwait(false));
        }

        var delivered = 0;
        foreach (var notice in waiting)
        {
            using var turn = await TakeTurnAsync(channel, cancellationToken).ConfigureAwait(false);

            // One that somebody tries may have been sent meanwhile.
            if (notice.Event == NoticeEvents.Test && await catalog.FindAsync(notice.Number, cancellationToken).ConfigureAwait(false) is not { Status: NoticeStatus.Waiting })
                continue;
            var outcome = await AttemptAsync(kind, definition, channel, OutgoingNotice.Of(notice), cancellationToken).ConfigureAwait(false);
            delivered += outcome.IsDelivered ? 1 : 0;
            if (!await NoteAsync(notice, outcome, cancellationToken).ConfigureAwait(false))
                return (delivered, false);
        }

        return (delivered, true);
    }

    private async Task<(INoticeChannel? Kind, ChannelDefinition? Definition)> FindAsync(string channel, CancellationToken cancellationToken)
    {
        var definition = (await project.ReadAsync(cancellationToken).ConfigureAwait(false)).Notify?.Channels.FirstOrDefault(known => known.Name == channel);
        return (definition is null ? null : kinds[definition.Kind], definition);
    }

    private async Task<Turn> TakeTurnAsync(string channel, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(channel, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turn);
    }

    /// <summary>To be called in turn.</summary>
    private async Task<SendOutcome> AttemptAsync(INoticeChannel? kind, ChannelDefinition? definition, string channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        if (kind is null)
            return SendOutcome.Later($"the project file names no channel '{channel}' any more");
        using var limit = new CancellationTokenSource(options.SendLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await kind.SendAsync(definition!, notice, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.Later($"it did not take the message within {options.SendLimit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, it must not be tried again every second.
            return SendOutcome.Later(e.Message);
        }
    }

    /// <summary>Records what came of it; false when the channel is to be left alone for now.</summary>
    private async Task<bool> NoteAsync(NoticeRecord notice, SendOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var channel = NoticeMetrics.Of(notice.Channel);
        if (outcome.IsDelivered)
        {
            await catalog.SettleAsync([notice.Number], NoticeStatus.Delivered, null, now, cancellationToken).ConfigureAwait(false);
            NoticeMetrics.Delivered.Add(1, channel);
            NoticeMetrics.Delay.Record(Math.Max(0, (now - notice.At).TotalSeconds), channel);
            return true;
        }

        var (attempts, error) = (notice.Attempts + 1, outcome.Error!);
        NoticeMetrics.Failed.Add(1, channel);
        if (outcome.IsRefused || now - notice.At >= options.GivenUpAfter)
        {
            Log.GivenUp(logger, notice.Channel, notice.Number, attempts, error);
            NoticeMetrics.Dead.Add(1, channel);
            await catalog.SettleAsync([notice.Number], NoticeStatus.Dead, error, now, cancellationToken).ConfigureAwait(false);

            // What the receiver will never take says nothing of the next one.
            return outcome.IsRefused;
        }

        double sample;
        lock (random)
            sample = random.NextDouble();
        var pause = NoticePauses.After(attempts, sample);
        if (outcome.RetryAfter is { } wished && wished > pause)
            pause = wished < NoticePauses.Longest ? wished : NoticePauses.Longest;
        if (attempts == 1 || notice.Error != error)
            Log.NotDelivered(logger, notice.Channel, notice.Number, attempts, error);
        await catalog.PostponeAsync(notice.Number, error, now + pause, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
