using Fairlead.Domain.Services;

namespace Fairlead.Serving.Limits;

/// <summary>How many requests one server group has under way, and who waits for their turn, first come first served.</summary>
/// <param name="limits">What the service declares.</param>
/// <param name="instances">The declared concurrency is that of each instance; a model counts as one.</param>
internal sealed class Admission(ServingLimits limits, int instances)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource<bool>> queue = [];
    private volatile int concurrency = Concurrency(limits, instances);
    private int underWay;
    private volatile int waiting;
    private int stuck;

    public TimeSpan? Deadline => limits.Deadline;

    public bool IsLimited => limits.Concurrency is not null;

    public int UnderWay => Volatile.Read(ref underWay);

    public int Waiting => waiting;

    /// <summary>Runs of the model that nobody waits for any more, since their deadline is over, and that hold a thread.</summary>
    public int Stuck => Volatile.Read(ref stuck);

    /// <summary>Never blocks.</summary>
    public AdmissionResult TryEnter()
    {
        if (!IsLimited)
        {
            Interlocked.Increment(ref underWay);
            return AdmissionResult.Entered;
        }

        lock (gate)
        {
            if (underWay < concurrency && queue.Count == 0)
            {
                underWay++;
                return AdmissionResult.Entered;
            }

            return queue.Count < limits.Queue ? AdmissionResult.MustWait : AdmissionResult.Full;
        }
    }

    /// <summary>Waits for a turn. False when the queue has filled up meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first: the place in the queue is given up.</exception>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<bool>> place;
        lock (gate)
        {
            if (underWay < concurrency && queue.Count == 0)
            {
                underWay++;
                return true;
            }

            if (queue.Count >= limits.Queue)
                return false;
            place = queue.AddLast(turn);
            waiting = queue.Count;
        }

        var registration = cancellationToken.UnsafeRegister((_, token) => GiveUp(place, token), null);
        await using (registration.ConfigureAwait(false))
            return await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Ends what <see cref="TryEnter"/> or <see cref="WaitAsync"/> began: whoever waits longest is next.</summary>
    public void Leave()
    {
        if (!IsLimited)
        {
            Interlocked.Decrement(ref underWay);
            return;
        }

        TaskCompletionSource<bool>? next = null;
        lock (gate)
        {
            if (underWay <= concurrency && queue.First is { } first)
            {
                next = first.Value;
                queue.RemoveFirst();
                waiting = queue.Count;
            }
            else
            {
                underWay--;
            }
        }

        next?.SetResult(true);
    }

    /// <summary>There are so many instances from now on: who waits is let in as far as there is room.</summary>
    public void Resize(int count)
    {
        var next = new List<TaskCompletionSource<bool>>();
        lock (gate)
        {
            concurrency = Concurrency(limits, count);
            while (underWay < concurrency && queue.First is { } first)
            {
                next.Add(first.Value);
                queue.RemoveFirst();
                underWay++;
            }

            waiting = queue.Count;
        }

        next.ForEach(turn => turn.SetResult(true));
    }

    public void BeginStuck() => Interlocked.Increment(ref stuck);

    public void EndStuck() => Interlocked.Decrement(ref stuck);

    /// <summary>A group that has no instances for a while lets one request in at a time, which is told so.</summary>
    private static int Concurrency(ServingLimits limits, int instances) => limits.Concurrency is { } each ? checked(each * Math.Max(1, instances)) : int.MaxValue;

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> place, CancellationToken token)
    {
        lock (gate)
        {
            // Whose turn came at the same moment keeps it.
            if (place.List is null)
                return;
            queue.Remove(place);
            waiting = queue.Count;
        }

        place.Value.SetCanceled(token);
    }
}
