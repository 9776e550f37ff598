using Fairlead.Load.Measuring;
using Fairlead.Load.Profiles;

namespace Fairlead.Load.Pacing;

/// <summary>Hands every request to a sender when it is due, on a thread of its own, whatever became of the requests before.</summary>
internal sealed class Pacer(SendTimes times, TimeSpan length, SlotPool pool, LoadRecorder recorder, RunClock clock)
{
    /// <summary>Completes at the end of the profile, or when cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken cancellationToken)
    {
        PreciseWait.SharpenThread();
        for (var number = 0L; times.TryNext(out var seconds); number++)
        {
            var request = new DueRequest((long)(seconds * 1e9), number);
            PreciseWait.Until(clock, request.DueAt, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            recorder.Due(request);
            // The send call itself happens here; the answer is read by the thread pool.
            _ = pool.Assign(request)?.SendAsync(request);
        }

        // What waits for a free sender may still go out until the end.
        PreciseWait.Until(clock, (long)(length.TotalSeconds * 1e9), cancellationToken);
    }
}
