namespace Fairlead.Predictions.Log;

/// <summary>
/// Shares flushes between callers: whoever asks while one is under way waits for the next, which begins at once.
/// A thread of its own waits for the disk, and is there only when somebody ever asked.
/// </summary>
internal sealed class GroupFlush(SegmentRoll roll) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim asked = new(0);
    private TaskCompletionSource? next;
    private Thread? thread;
    private long durable;
    private long failedFrom;
    private long failedTo;
    private Exception? failure;
    private bool closed;

    public ValueTask FlushAsync(long position, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // After a failed flush the kernel forgets what it could not write: these records will never be known to be safe.
            if (failure is not null && position > failedFrom && position <= failedTo)
                return ValueTask.FromException(failure);
            if (position <= durable)
                return ValueTask.CompletedTask;
            ObjectDisposedException.ThrowIf(closed, this);
            if (next is null)
            {
                next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                asked.Release();
            }

            thread ??= Start();
            return new ValueTask(next.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Completes those who wait and ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            asked.Release();
        }

        thread?.Join();
        asked.Dispose();
    }

    private Thread Start()
    {
        var started = new Thread(Run) { IsBackground = true, Name = "log flush" };
        started.Start();
        return started;
    }

    private void Run()
    {
        while (true)
        {
            asked.Wait();
            TaskCompletionSource? batch;
            lock (gate)
            {
                batch = Interlocked.Exchange(ref next, null);
                if (batch is null && closed)
                    return;
            }

            if (batch is not null)
                Flush(batch);
        }
    }

    private void Flush(TaskCompletionSource batch)
    {
        long end;
        IReadOnlyList<OpenSegment> segments;
        lock (roll.Gate)
        {
            end = roll.Position;
            segments = roll.Unsealed();
        }

        try
        {
            foreach (var segment in segments)
                segment.Sync();
            lock (gate)
                durable = end;
            batch.SetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (roll.Gate)
            {
                roll.Retire();
                end = roll.Position;
            }

            lock (gate)
            {
                failedFrom = failure is null ? durable : failedFrom;
                failedTo = end;
                failure = e;
            }

            batch.SetException(e);
        }
    }
}
