namespace Fairlead.Serving.Shadows;

/// <summary>Lets shadows run until the host stops, and then waits for those that do.</summary>
internal sealed class ShadowGate
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isClosed;
    private int running;

    public bool IsClosed => isClosed;

    public bool TryEnter()
    {
        lock (gate)
        {
            if (isClosed)
                return false;
            running++;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--running == 0 && isClosed)
                empty.TrySetResult();
        }
    }

    /// <summary>Lets nobody in any more; completes when everybody has left, or when the token is cancelled.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            isClosed = true;
            if (running == 0)
                empty.TrySetResult();
        }

        await empty.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
