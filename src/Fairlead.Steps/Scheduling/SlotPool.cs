namespace Fairlead.Steps.Scheduling;

/// <summary>
/// Gives out the machine's processors and memory. Who has least at the moment, and was given something longest ago, goes first, so that a large invocation does not keep a small one waiting;
/// within an invocation the longest way goes first. What does not fit yet may be overtaken by what does, but not for ever.
/// </summary>
internal sealed class SlotPool
{
    /// <summary>Requests that may overtake a larger one before nothing else begins until it fits.</summary>
    internal const int MostOvertakings = 16;

    private readonly Lock gate = new();
    private readonly double cpus;
    private readonly long memory;
    private readonly List<Waiting> queue = [];
    private readonly Dictionary<object, double> inUse = [];

    /// <summary>When each owner that holds or awaits something was last given something.</summary>
    private readonly Dictionary<object, long> turns = [];
    private long turn;
    private double freeCpu;
    private long freeMemory;

    public SlotPool(double cpus, long memory)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cpus);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(memory);
        (this.cpus, this.memory) = (cpus, memory);
        (freeCpu, freeMemory) = (cpus, memory);
    }

    /// <param name="owner">Who asks: shares are fair between owners.</param>
    /// <returns>Gives the slot back when it is disposed.</returns>
    public async Task<IDisposable> AcquireAsync(object owner, SlotRequest request, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(owner, request with { Cpu = Math.Min(request.Cpu, cpus), Memory = Math.Min(request.Memory, memory) });
        lock (gate)
        {
            queue.Add(waiting);
            Dispatch();
        }

        await using var cancelled = cancellationToken.Register(() => Withdraw(waiting, cancellationToken));
        await waiting.Granted.Task;
        return new Holder(this, waiting);
    }

    private void Dispatch()
    {
        while (NextThatFits() is { } next)
        {
            foreach (var overtaken in queue.Where(other => IsBefore(other, next) && !Fits(other)))
                overtaken.Overtakings++;
            queue.Remove(next);
            freeCpu -= next.Request.Cpu;
            freeMemory -= next.Request.Memory;
            inUse[next.Owner] = InUse(next.Owner) + next.Request.Cpu;
            turns[next.Owner] = ++turn;
            next.Granted.TrySetResult();
        }
    }

    private Waiting? NextThatFits()
    {
        queue.Sort(Compare);
        foreach (var candidate in queue)
        {
            if (Fits(candidate))
                return candidate;
            if (candidate.Overtakings >= MostOvertakings)
                return null;
        }

        return null;
    }

    // Sums of fractions do not come back to exactly what they were.
    private bool Fits(Waiting waiting) => waiting.Request.Cpu <= freeCpu + 1e-9 && waiting.Request.Memory <= freeMemory;

    private bool IsBefore(Waiting one, Waiting other) => Compare(one, other) < 0;

    private int Compare(Waiting one, Waiting other)
    {
        var (oneIsDue, otherIsDue) = (one.Overtakings >= MostOvertakings, other.Overtakings >= MostOvertakings);
        if (oneIsDue != otherIsDue)
            return oneIsDue ? -1 : 1;
        if (!ReferenceEquals(one.Owner, other.Owner))
        {
            var share = InUse(one.Owner).CompareTo(InUse(other.Owner));
            if (share == 0)
                share = turns.GetValueOrDefault(one.Owner).CompareTo(turns.GetValueOrDefault(other.Owner));
            if (share != 0)
                return share;
        }

        var height = other.Request.Height.CompareTo(one.Request.Height);
        return height != 0 ? height : one.Request.Position.CompareTo(other.Request.Position);
    }

    private double InUse(object owner) => inUse.GetValueOrDefault(owner);

    private void Withdraw(Waiting waiting, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // What was granted meanwhile is held, and given back by its holder.
            if (!queue.Remove(waiting))
                return;
            waiting.Granted.TrySetCanceled(cancellationToken);
            Dispatch();
        }
    }

    private void Release(Waiting waiting)
    {
        lock (gate)
        {
            freeCpu += waiting.Request.Cpu;
            freeMemory += waiting.Request.Memory;
            var left = InUse(waiting.Owner) - waiting.Request.Cpu;
            if (left > 1e-9)
                inUse[waiting.Owner] = left;
            else
                inUse.Remove(waiting.Owner);
            if (!inUse.ContainsKey(waiting.Owner) && !queue.Exists(other => ReferenceEquals(other.Owner, waiting.Owner)))
                turns.Remove(waiting.Owner);
            Dispatch();
        }
    }

    private sealed class Waiting(object owner, SlotRequest request)
    {
        public object Owner => owner;

        public SlotRequest Request => request;

        public int Overtakings { get; set; }

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Holder(SlotPool pool, Waiting waiting) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                pool.Release(waiting);
        }
    }
}
