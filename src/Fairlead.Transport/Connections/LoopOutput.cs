using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Fairlead.Transport.Loops;
using Fairlead.Transport.Sockets;

namespace Fairlead.Transport.Connections;

/// <summary>
/// What a connection sends. A flush gives it to the kernel at once, on the thread that flushes; what the kernel has no room for follows on the
/// loop's thread when it has, and the flush completes when little enough is left. Where many answers share a connection, flushes of other threads than the loop's
/// gather until its next turn, and go out by one call.
/// </summary>
/// <param name="onEnd">Called once when nothing more will be sent: with null when all was, else with the reason. Not under the lock.</param>
internal sealed class LoopOutput(EventLoop loop, Descriptor socket, Action<Exception?> onEnd) : PipeWriter, IValueTaskSource<FlushResult>
{
    private const int PauseAt = 64 * 1024;
    private const int ResumeAt = PauseAt / 2;
    private readonly Lock gate = new();
    private readonly OutputQueue queue = new(loop.Pool);
    private ManualResetValueTaskSourceCore<FlushResult> flushed;
    private bool isFull;
    private bool isGathering;
    private bool isPosted;
    private bool isWaiting;
    private bool isCancelled;
    private bool isComplete;
    private bool isOver;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes
    {
        get
        {
            lock (gate)
                return queue.Unflushed;
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        lock (gate)
            return queue.GetRoom(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        lock (gate)
        {
            // The end of the connection may have come between.
            if (!isOver)
                queue.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        var error = 0;
        lock (gate)
        {
            queue.MarkFlushed();
            if (isGathering && !loop.IsCurrent)
                Post();
            else if (!isOver && !isFull)
                error = Send();
            if (isCancelled)
            {
                isCancelled = false;
                return new ValueTask<FlushResult>(new FlushResult(isCanceled: true, isCompleted: isOver));
            }

            if (error == 0 && !isOver && queue.Length > PauseAt)
            {
                isWaiting = true;
                flushed.Reset();
                return new ValueTask<FlushResult>(this, flushed.Version);
            }
        }

        if (error != 0)
            End(Errno.ToConnectionException(error));
        return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: isOver));
    }

    /// <summary>From now on answers to several requests are under way at once.</summary>
    public void Gather()
    {
        lock (gate)
            isGathering = true;
    }

    public override void CancelPendingFlush()
    {
        lock (gate)
        {
            if (!isWaiting)
            {
                isCancelled = true;
                return;
            }

            isWaiting = false;
        }

        flushed.SetResult(new FlushResult(isCanceled: true, isCompleted: isOver));
    }

    /// <summary>Nothing more is written. What was is still sent, unless it ends by an exception.</summary>
    public override void Complete(Exception? exception = null)
    {
        var error = 0;
        lock (gate)
        {
            if (isComplete || isOver)
                return;
            isComplete = true;
            if (exception is null && !isFull)
                error = Send();
            if (exception is null && error == 0 && queue.Length > 0)
                return;
        }

        End(error == 0 ? exception : Errno.ToConnectionException(error));
    }

    /// <summary>The kernel has room again. On the loop's thread.</summary>
    public void OnWritable()
    {
        lock (gate)
        {
            if (!isFull)
                return;
            isFull = false;
        }

        SendOnLoop();
    }

    /// <summary>Nothing more is sent, whatever is left; whoever waits for a flush learns that it was the last.</summary>
    public void End(Exception? reason)
    {
        bool wasWaiting;
        lock (gate)
        {
            if (isOver)
                return;
            isOver = true;
            wasWaiting = isWaiting;
            isWaiting = false;
        }

        onEnd(reason);
        if (wasWaiting)
            flushed.SetResult(new FlushResult(isCanceled: false, isCompleted: true));
    }

    /// <summary>Gives the memory back. The writer must be complete, so that nobody has a piece of it in hand.</summary>
    public void Free()
    {
        lock (gate)
            queue.Clear();
    }

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token) => flushed.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => flushed.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        flushed.OnCompleted(continuation, state, token, flags);

    private void Post()
    {
        if (isPosted)
            return;
        isPosted = true;
        loop.Post(static self => ((LoopOutput)self!).SendOnLoop(), this);
    }

    private void SendOnLoop()
    {
        int error;
        bool isDone, isResumed;
        lock (gate)
        {
            isPosted = false;
            if (isOver || isFull)
                return;
            error = Send();
            isDone = error == 0 && isComplete && queue.Length == 0;
            isResumed = error == 0 && !isDone && isWaiting && queue.Length <= ResumeAt;
            if (isResumed)
                isWaiting = false;
        }

        if (error != 0 || isDone)
            End(error == 0 ? null : Errno.ToConnectionException(error));
        else if (isResumed)
            flushed.SetResult(default);
    }

    /// <summary>Zero, or the error number of a connection that broke.</summary>
    private int Send()
    {
        var result = queue.Send(socket);
        isFull = result == -Errno.TryAgain;
        return isFull ? 0 : -result;
    }
}
