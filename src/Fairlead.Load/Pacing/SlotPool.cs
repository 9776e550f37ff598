namespace Fairlead.Load.Pacing;

/// <summary>
/// Brings due requests and free senders together. A request that finds no free sender waits here, in order, and keeps the time at which it was due.
/// </summary>
internal sealed class SlotPool
{
    private readonly Lock gate = new();
    private readonly Queue<SlotSender> free = new();
    private readonly Queue<DueRequest> waiting = new();
    private readonly TaskCompletionSource allFree = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int busy;
    private bool isClosed;

    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>Completes after <see cref="Close"/>, when the last request that was under way has ended.</summary>
    public Task AllFree => allFree.Task;

    /// <summary>A sender that is ready to send.</summary>
    public void Add(SlotSender sender)
    {
        lock (gate)
            free.Enqueue(sender);
    }

    /// <summary>The sender that shall send the request now; null when none is free, and the request waits.</summary>
    public SlotSender? Assign(DueRequest request)
    {
        lock (gate)
        {
            // In turn rather than the last one again: every connection stays in use, as those of many clients would.
            if (free.TryDequeue(out var sender))
            {
                busy++;
                return sender;
            }

            waiting.Enqueue(request);
            return null;
        }
    }

    /// <summary>What a sender that has ended a request shall send next; else it is free.</summary>
    public bool TryContinue(SlotSender sender, out DueRequest request)
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out request))
                return true;
            free.Enqueue(sender);
            busy--;
            CompleteWhenIdle();
            return false;
        }
    }

    /// <summary>Nothing more is due. Returns the requests that still waited.</summary>
    public IReadOnlyList<DueRequest> Close()
    {
        lock (gate)
        {
            isClosed = true;
            DueRequest[] left = [.. waiting];
            waiting.Clear();
            CompleteWhenIdle();
            return left;
        }
    }

    /// <summary>A sender failed by a bug: whoever waits for the end learns it.</summary>
    public void Fail(Exception bug) => allFree.TrySetException(bug);

    private void CompleteWhenIdle()
    {
        if (isClosed && busy == 0)
            allFree.TrySetResult();
    }
}
