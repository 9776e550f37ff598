namespace Fairlead.Domain.Scheduling;

/// <summary>Does something again and again, as long as the program runs.</summary>
public static class PeriodicWork
{
    /// <summary>One round after the delay, then one every period; a round that takes longer than a period is followed by the next one at once. Returns when cancelled.</summary>
    /// <param name="round">One that fails does not end the others.</param>
    /// <param name="failed">Told of each failure, to log it.</param>
    public static async Task RunAsync(
        TimeSpan period, Func<CancellationToken, Task> round, Action<Exception> failed, TimeProvider time, CancellationToken cancellationToken, TimeSpan delay = default)
    {
        try
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            using var timer = new PeriodicTimer(period, time);
            do
                await TryAsync(round, failed, cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private static async Task TryAsync(Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken cancellationToken)
    {
        try
        {
            await round(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failed(e);
        }
    }
}
