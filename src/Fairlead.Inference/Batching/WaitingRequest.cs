using System.Threading.Tasks.Sources;

namespace Fairlead.Inference.Batching;

/// <summary>
/// A request that waits for company, and the task that its caller awaits. The caller may take request and answer back as soon as the task
/// ended; therefore they are touched under <see cref="Gate"/> and only while the request is <see cref="WaitingState.Open"/>.
/// </summary>
internal sealed class WaitingRequest : IValueTaskSource<RunTiming>
{
    private ManualResetValueTaskSourceCore<RunTiming> source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration registration;
    private Action<WaitingRequest>? cancelled;
    private Action<WaitingRequest>? finished;

    public WaitingRequest() => Node = new LinkedListNode<WaitingRequest>(this);

    public Lock Gate { get; } = new();

    public WaitingState State { get; private set; }

    public LinkedListNode<WaitingRequest> Node { get; }

    public InferRequest? Request { get; private set; }

    public InferAnswer? Answer { get; private set; }

    public int Rows { get; private set; }

    public int Bytes { get; private set; }

    /// <summary>When it came, by the batcher's clock.</summary>
    public long Arrived { get; private set; }

    /// <summary>All dimensions but the rows.</summary>
    public long[] Inner { get; private set; } = [];

    public ValueTask<RunTiming> Task => new(this, source.Version);

    /// <param name="onCancelled">Called when the caller gave up; the request must leave the queue.</param>
    /// <param name="onFinished">Called when the caller took a result; nobody uses the object from then on.</param>
    public void Begin(InferRequest request, InferAnswer answer, long[] inner, long arrived, Action<WaitingRequest> onCancelled, Action<WaitingRequest> onFinished)
    {
        source.Reset();
        Request = request;
        Answer = answer;
        Rows = request.Rows;
        Bytes = request.InputBlock.Length;
        Inner = inner;
        Arrived = arrived;
        cancelled = onCancelled;
        finished = onFinished;
        State = WaitingState.Open;
    }

    /// <summary>Call before the request is in the queue; it may be cancelled already when this returns.</summary>
    public void CancelOn(CancellationToken cancellationToken) =>
        registration = cancellationToken.UnsafeRegister(static (self, token) => ((WaitingRequest)self!).Cancel(token), this);

    /// <summary>Within <see cref="Gate"/>: nothing of the caller's is touched from now on.</summary>
    public void Close() => State = WaitingState.Closed;

    /// <summary>After <see cref="Close"/>: ends the caller's task.</summary>
    public void SetResult(RunTiming timing) => source.SetResult(timing);

    /// <inheritdoc cref="SetResult"/>
    public void SetException(Exception e) => source.SetException(e);

    public RunTiming GetResult(short token)
    {
        // Waits for a cancellation that is just under way, which changes nothing any more.
        registration.Dispose();
        var isReusable = State == WaitingState.Closed;
        try
        {
            return source.GetResult(token);
        }
        finally
        {
            Request = null;
            Answer = null;
            if (isReusable)
                finished?.Invoke(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (State != WaitingState.Open)
                return;
            State = WaitingState.Cancelled;
        }

        cancelled?.Invoke(this);
        source.SetException(new OperationCanceledException(cancellationToken));
    }
}
