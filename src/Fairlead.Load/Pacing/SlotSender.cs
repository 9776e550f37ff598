using Fairlead.Load.Measuring;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Pacing;

/// <summary>Sends one request after another through a slot, as the pool hands them out.</summary>
internal sealed class SlotSender(ILoadSlot slot, IReadOnlyList<LoadRequest> requests, SendingBounds bounds, SlotPool pool, LoadRecorder recorder, RunClock clock) : IDisposable
{
    private CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(bounds.Abandon);

    /// <summary>Sends a request, and then those that wait, until none does. Returns to the caller when the first bytes are out.</summary>
    public async Task SendAsync(DueRequest request)
    {
        try
        {
            do
                await SendOneAsync(request).ConfigureAwait(false);
            while (pool.TryContinue(this, out request));
        }
        catch (Exception e)
        {
            pool.Fail(e);
        }
    }

    public void Dispose() => timeout.Dispose();

    private async ValueTask SendOneAsync(DueRequest request)
    {
        var sentAt = clock.Now;
        recorder.Sent(request, sentAt);
        LoadAnswer answer;
        timeout.CancelAfter(bounds.Timeout);
        try
        {
            answer = await slot.SendAsync(requests[(int)(request.Number % requests.Count)], timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            answer = bounds.Abandon.IsCancellationRequested ? new LoadAnswer { Outcome = LoadOutcome.Abandoned, Status = "" } : LoadAnswer.TimedOut(bounds.Timeout);
        }

        recorder.Ended(request, sentAt, clock.Now, answer);
        if (timeout.TryReset())
            return;
        timeout.Dispose();
        timeout = CancellationTokenSource.CreateLinkedTokenSource(bounds.Abandon);
    }
}
