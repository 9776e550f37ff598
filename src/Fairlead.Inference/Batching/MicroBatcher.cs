using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;

namespace Fairlead.Inference.Batching;

/// <summary>
/// Scores requests that arrive together in one call of the model. Thread-safe. A request that arrives while the model is idle runs at once on
/// its caller's thread, so that nobody waits for company that may never come. While a run is under way, others gather; they run together as
/// soon as it ends, as soon as they are <see cref="BatchPolicy.MaxRows"/>, or when the first of them has waited for
/// <see cref="BatchPolicy.Wait"/>, whichever comes first, in at most as many runs at once as there are processors. For a model so quick that
/// sharing a run would cost more than it saves, requests gather only when every processor runs it. A request of
/// <see cref="BatchPolicy.MaxRows"/> or more runs alone and at once. When a run over several fails, each is scored by itself, so that one bad
/// request fails alone. Rows must not influence each other in the model.
/// </summary>
public sealed class MicroBatcher : IDisposable
{
    /// <summary>So many requests wait at most; one more is refused.</summary>
    public const int MaxWaiting = 4096;
    private const int KeptRequests = 256;
    private readonly Lock gate = new();
    private readonly RequestQueue queue = new();
    private readonly Stack<WaitingRequest> spareRequests = new();
    private readonly Stack<BatchRun> spareRuns = new();
    private readonly RunCost cost = new();
    private readonly IModelSession session;
    private readonly string name;
    private readonly BatchPolicy policy;
    private readonly TimeProvider time;
    private readonly IRunObserver? observer;
    private readonly int processors;
    private readonly BatchLayout? layout;
    private readonly ITimer? timer;
    private readonly Action<WaitingRequest> leave;
    private readonly Action<WaitingRequest> reuse;
    private volatile bool isBatching;
    private int running;
    private bool isTimerSet;
    private bool disposed;

    /// <param name="session">Is not disposed with the batcher.</param>
    /// <param name="name">What messages call the model.</param>
    /// <param name="policy">Null scores every request alone.</param>
    public MicroBatcher(IModelSession session, string name, BatchPolicy? policy, TimeProvider time, IRunObserver? observer = null)
        : this(session, name, policy, time, observer, Environment.ProcessorCount)
    {
    }

    internal MicroBatcher(IModelSession session, string name, BatchPolicy? policy, TimeProvider time, IRunObserver? observer, int processors)
    {
        this.processors = processors;
        this.session = session;
        this.name = name;
        this.policy = policy ?? new BatchPolicy(1, TimeSpan.Zero);
        this.time = time;
        this.observer = observer;
        leave = Leave;
        reuse = Reuse;
        layout = this.policy.MaxRows > 1 ? BatchLayout.Of(session.Signature) : null;
        isBatching = layout is not null;
        if (isBatching && this.policy.Wait > TimeSpan.Zero)
            timer = time.CreateTimer(static self => ((MicroBatcher)self!).WaitIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// False when the policy asks for none, or when an input or output of the model does not count rows in its first dimension; that an output
    /// does not in spite of its declared shape shows in the first common run, and ends batching for good.
    /// </summary>
    public bool IsBatching => isBatching;

    /// <summary>
    /// Scores a request that was read with the session's codec. Completes before it returns when the request runs at once. Request and answer
    /// are the caller's again when the task has ended, also by cancellation; cancelling does not end a run that is under way, and changes
    /// nothing for the others in it.
    /// </summary>
    /// <exception cref="FairleadException">As <see cref="IModelSession.Run"/>; Unavailable: <see cref="MaxWaiting"/> requests wait already.</exception>
    /// <exception cref="ObjectDisposedException">The batcher or the session was disposed.</exception>
    public ValueTask<RunTiming> RunAsync(InferRequest request, InferAnswer answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!isBatching || request.Rows == 0)
            return new ValueTask<RunTiming>(Score(request, answer));
        if (!TryBeginAtOnce(request.Rows))
            return Enqueue(request, answer, cancellationToken);
        try
        {
            return new ValueTask<RunTiming>(Score(request, answer));
        }
        finally
        {
            EndRun();
        }
    }

    /// <summary>Requests that wait fail; runs under way end as they would.</summary>
    public void Dispose()
    {
        var left = new List<WaitingRequest>();
        lock (gate)
        {
            disposed = true;
            while (queue.Count > 0)
                queue.Take(left, int.MaxValue);
        }

        timer?.Dispose();
        foreach (var request in left)
            Refuse(request, new ObjectDisposedException(nameof(MicroBatcher)));
    }

    // As long as fewer runs are under way, nobody waits.
    private int FreeRuns => cost.IsBelowHandOver ? processors : 1;

    private bool TryBeginAtOnce(int rows)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (running >= FreeRuns && rows < policy.MaxRows)
                return false;
            running++;
            return true;
        }
    }

    private RunTiming Score(InferRequest request, InferAnswer answer)
    {
        var started = time.GetTimestamp();
        session.Run(request, answer);
        var inference = time.GetElapsedTime(started);
        cost.Add(inference);
        observer?.RunCompleted(requests: 1, request.Rows, inference);
        return new RunTiming(TimeSpan.Zero, inference, request.Rows);
    }

    private void EndRun()
    {
        bool isNext;
        lock (gate)
        {
            running--;
            isNext = TryBeginRun();
        }

        // The caller has its own answer to give.
        if (isNext)
            StartRun();
    }

    private ValueTask<RunTiming> Enqueue(InferRequest request, InferAnswer answer, CancellationToken cancellationToken)
    {
        var waiting = NewRequest();
        waiting.Begin(request, answer, layout!.Inner(request.InputBlock), time.GetTimestamp(), leave, reuse);
        var task = waiting.Task;
        if (cancellationToken.CanBeCanceled)
            waiting.CancelOn(cancellationToken);
        var isRunDue = false;
        Exception? refusal = null;
        lock (gate)
        {
            if (disposed)
                refusal = new ObjectDisposedException(nameof(MicroBatcher));
            else if (queue.Count >= MaxWaiting)
                refusal = FairleadException.Unavailable($"Model '{name}' has '{queue.Count}' requests waiting already; try again later.");
            else if (waiting.State == WaitingState.Open)
                isRunDue = Add(waiting);
        }

        if (refusal is not null)
            Refuse(waiting, refusal);
        if (isRunDue)
            StartRun();
        return task;
    }

    private bool Add(WaitingRequest waiting)
    {
        queue.Add(waiting);
        return TryBeginRun();
    }

    private WaitingRequest NewRequest()
    {
        lock (gate)
            return spareRequests.TryPop(out var spare) ? spare : new WaitingRequest();
    }

    // Within the gate: counts a run that the caller then starts.
    private bool TryBeginRun()
    {
        if (queue.Count == 0)
            return false;
        if (running >= FreeRuns && (running >= processors || (queue.Rows < policy.MaxRows && !IsWaitOver())))
            return false;
        running++;
        return true;
    }

    // Within the gate: when not, the timer looks again.
    private bool IsWaitOver()
    {
        if (timer is null)
            return false;
        var left = policy.Wait - time.GetElapsedTime(queue.FirstArrival);
        if (left <= TimeSpan.Zero)
            return true;
        if (!isTimerSet)
            timer.Change(left, Timeout.InfiniteTimeSpan);
        isTimerSet = true;
        return false;
    }

    private void WaitIsOver()
    {
        lock (gate)
        {
            isTimerSet = false;
            if (disposed || !TryBeginRun())
                return;
        }

        StartRun();
    }

    private void StartRun() => ThreadPool.UnsafeQueueUserWorkItem(static self => self.RunQueued(), this, preferLocal: true);

    private void RunQueued()
    {
        bool isNext;
        do
        {
            var run = TakeRun();
            if (!run.Execute())
                isBatching = false;
            lock (gate)
            {
                spareRuns.Push(run);
                running--;
                isNext = TryBeginRun();
            }
        }
        while (isNext);
    }

    private BatchRun TakeRun()
    {
        lock (gate)
        {
            if (!spareRuns.TryPop(out var run))
                run = new BatchRun(session, layout!, time, observer);
            queue.Take(run.Requests, isBatching ? policy.MaxRows : 1);
            return run;
        }
    }

    private void Leave(WaitingRequest request)
    {
        lock (gate)
            queue.Remove(request);
    }

    private void Reuse(WaitingRequest request)
    {
        lock (gate)
        {
            if (spareRequests.Count < KeptRequests)
                spareRequests.Push(request);
        }
    }

    private static void Refuse(WaitingRequest request, Exception reason)
    {
        lock (request.Gate)
        {
            if (request.State != WaitingState.Open)
                return;
            request.Close();
        }

        request.SetException(reason);
    }
}
