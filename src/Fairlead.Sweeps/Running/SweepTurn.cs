namespace Fairlead.Sweeps.Running;

/// <summary>A sweep that is under way in this process; disposed when it has ended.</summary>
internal sealed class SweepTurn(Action end, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when whoever ordered it goes away, or somebody stops it.</summary>
    public CancellationToken Token => stopping.Token;

    /// <summary>Returns when it has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }

        await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        end();
        stopping.Dispose();
        ended.TrySetResult();
    }
}
