using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Pacing;

/// <summary>Opens the slots, paces the requests, waits for the last answers.</summary>
internal sealed class LoadSession : IAsyncDisposable
{
    private const int OpenedAtOnce = 32;
    private const long Second = 1_000_000_000;

    /// <summary>How long answers are waited for after the run was cancelled.</summary>
    private static readonly TimeSpan CancelledPatience = TimeSpan.FromSeconds(1);

    private readonly LoadOrder order;
    private readonly IReadOnlyList<LoadRequest> requests;
    private readonly IReadOnlyList<ILoadSlot> slots;
    private readonly SlotPool pool = new();
    private readonly LoadRecorder recorder;
    private readonly TimeSpan length;
    private RunClock? clock;

    public LoadSession(LoadOrder order, ILoadTransport transport, IReadOnlyList<LoadRequest> requests)
    {
        this.order = order;
        this.requests = requests;
        slots = [.. Enumerable.Range(0, order.Concurrency).Select(_ => transport.CreateSlot())];
        length = order.Warmup + order.Profile.Duration;
        recorder = new LoadRecorder((long)(order.Warmup.TotalSeconds * Second));
    }

    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Unavailable: nobody answers.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        slots,
        new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellationToken },
        async (slot, token) => await slot.OpenAsync(token).ConfigureAwait(false));

    /// <summary>Sends until the profile ends or it is cancelled, and waits for what is under way.</summary>
    public async Task<SendingEnd> SendAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var abandon = new CancellationTokenSource();
        await using var onCancel = cancellationToken.Register(() => abandon.CancelAfter(CancelledPatience));
        var bounds = new SendingBounds(order.Timeout, abandon.Token);
        var began = clock = new RunClock(time);
        var senders = slots.Select(slot => new SlotSender(slot, requests, bounds, pool, recorder, began)).ToList();
        senders.ForEach(pool.Add);
        try
        {
            var times = new SendTimes(order.Profile, order.Warmup, order.Arrivals, order.Seed);
            await new Pacer(times, length, pool, recorder, began).RunAsync(cancellationToken).ConfigureAwait(false);
            var endedAt = began.Now;
            foreach (var request in pool.Close())
                recorder.Unsent(request, endedAt);
            var succeededInTime = recorder.Snapshot(endedAt, 0).Succeeded;
            await pool.AllFree.ConfigureAwait(false);
            var duration = TimeSpan.FromSeconds(Math.Clamp((double)endedAt / Second, order.Warmup.TotalSeconds, length.TotalSeconds)) - order.Warmup;
            return new SendingEnd(recorder.Snapshot(RoundUp(began.Now), int.MaxValue), duration, succeededInTime, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    public LoadProgress Describe()
    {
        var now = clock?.Now ?? 0;
        var elapsed = TimeSpan.FromSeconds((double)now / Second);
        var isWarmup = elapsed < order.Warmup;
        var counts = recorder.Snapshot(now, LoadProgress.MaxSeconds);
        return new LoadProgress
        {
            Elapsed = elapsed,
            Length = length,
            IsWarmup = isWarmup,
            AskedRate = isWarmup ? order.Profile.WarmupRate : elapsed < length ? order.Profile.RateAt((elapsed - order.Warmup).TotalSeconds) : 0,
            UnderWay = counts.UnderWay,
            Waiting = pool.Waiting,
            Succeeded = counts.Succeeded,
            Failed = counts.Failed,
            Latency = counts.Corrected,
            Errors = counts.Errors,
            Seconds = counts.Seconds,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in slots)
            await slot.DisposeAsync().ConfigureAwait(false);
    }

    private static long RoundUp(long nanoseconds) => (nanoseconds + Second - 1) / Second * Second;
}
