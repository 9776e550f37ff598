using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Log;

/// <summary>The writer's background loop: seals what is full or old, and prepares the next segment before it is needed.</summary>
internal sealed class SegmentKeeper(SegmentRoll roll, SegmentWriterOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Seals everything that is due and sees to it that a segment is ready. What fails is logged and tried again next time.</summary>
    public Task RunOnceAsync(CancellationToken cancellationToken)
    {
        lock (roll.Gate)
            roll.RetireWhenOlderThan(options.MaxAge);
        SealRetired(cancellationToken);
        PrepareSpare();
        return Task.CompletedTask;
    }

    /// <summary>Returns the segments that could not be sealed.</summary>
    public int SealRetired(CancellationToken cancellationToken)
    {
        IReadOnlyList<OpenSegment> retired;
        lock (roll.Gate)
            retired = roll.Retired();
        var left = retired.Count;
        foreach (var segment in retired)
        {
            if (cancellationToken.IsCancellationRequested || !TrySeal(segment))
                break;
            left--;
            lock (roll.Gate)
                roll.Forget(segment);
        }

        return left;
    }

    private bool TrySeal(OpenSegment segment)
    {
        try
        {
            segment.Seal(Microseconds.Of(time.GetUtcNow()));
            Log.SegmentSealed(logger, segment.Path, segment.Records, segment.Used);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (segment.IsSealed)
                return true;
            Log.SealFailed(logger, segment.Path, e.Message);
            return false;
        }
    }

    private void PrepareSpare()
    {
        bool wanted;
        lock (roll.Gate)
            wanted = roll.WantsSpare;
        if (!wanted)
            return;
        try
        {
            var spare = roll.Prepare(options.SegmentBytes);
            lock (roll.Gate)
            {
                if (!roll.IsClosed)
                {
                    roll.GiveSpare(spare);
                    return;
                }
            }

            spare.Discard();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (roll.Gate)
                roll.Refuse();
            Log.SegmentRefused(logger, options.Folder, e.Message);
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = roll.Work.WaitAsync(tick.Token);
        await Task.WhenAny(signal, Task.Delay(Tick, time, tick.Token)).ConfigureAwait(false);
        await tick.CancelAsync().ConfigureAwait(false);
    }
}
