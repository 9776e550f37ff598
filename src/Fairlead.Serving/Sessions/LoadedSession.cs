using Fairlead.Inference;

namespace Fairlead.Serving.Sessions;

/// <summary>
/// A session in memory and how many use it: its slot, and each request that it scores. The last one to leave disposes it, so that
/// no request loses its model while it runs.
/// </summary>
/// <param name="release">What else goes when the session goes.</param>
internal sealed class LoadedSession(IModelSession session, long bytes, Action release)
{
    // One for the slot, one for each request inside; far below zero once it is gone.
    private int users = 1;

    public IModelSession Session => session;

    /// <summary>Memory that it takes, as near as the engine knows.</summary>
    public long Bytes => bytes;

    /// <summary>How long its runs take.</summary>
    public RunEstimate Estimate { get; } = new();

    /// <summary>False when it is gone already: the slot loads another.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref users) > 0)
            return true;
        Interlocked.Decrement(ref users);
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref users) == 0 && TryClose(0))
            End();
    }

    /// <summary>Closes it if nobody but the slot uses it; <see cref="End"/> is the caller's then. Only while the slot holds it.</summary>
    public bool TryRetire() => TryClose(1);

    public void End()
    {
        session.Dispose();
        release();
    }

    // Whoever enters between the two calls makes the exchange fail, and ends it when it leaves.
    private bool TryClose(int from) => Interlocked.CompareExchange(ref users, int.MinValue / 2, from) == from;
}
