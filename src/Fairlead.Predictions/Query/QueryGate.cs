using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Lets a few queries run at once, which share threads and memory, and a few more wait. One that ran out of memory beside others is run again alone,
/// so that nobody fails for what another took.
/// </summary>
internal sealed class QueryGate(int running = QueryGate.DefaultRunning, int waiting = QueryGate.DefaultWaiting) : IDisposable
{
    public const int DefaultRunning = 4;
    public const int DefaultWaiting = 32;
    private readonly SemaphoreSlim places = new(running);
    private readonly SemaphoreSlim alone = new(1);
    private int entered;

    /// <summary>How many run or wait.</summary>
    public int Entered => Volatile.Read(ref entered);

    /// <summary>Waits for a place, which disposing gives back.</summary>
    /// <exception cref="FairleadException">Busy: too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref entered) > running + waiting)
        {
            Interlocked.Decrement(ref entered);
            throw new FairleadException(ProblemKind.Busy, $"{running} queries run and {waiting} wait already; ask again in a moment.");
        }

        try
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref entered);
            throw;
        }

        return new Place(() =>
        {
            places.Release();
            Interlocked.Decrement(ref entered);
        });
    }

    /// <summary>Waits until nobody else runs, for one that has given its place back.</summary>
    public async Task<IDisposable> EnterAloneAsync(CancellationToken cancellationToken)
    {
        await alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < running; taken++)
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (taken > 0)
                places.Release(taken);
            alone.Release();
            throw;
        }

        return new Place(() =>
        {
            places.Release(running);
            alone.Release();
        });
    }

    public void Dispose()
    {
        places.Dispose();
        alone.Dispose();
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
