using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Shadows;

/// <summary>
/// What waits for one shadow, bounded by count and by memory, and the threads that score it. They are the shadow's own: one that hangs takes
/// none of those that answer clients, and nobody ever waits for a place. Threads without work end after a while.
/// </summary>
internal sealed class ShadowLane(string name, int mostThreads, TimeProvider time, ShadowGate stop, ILogger logger)
{
    public const int MostWaiting = 1024;
    public const long MostBytes = 64 << 20;

    /// <summary>An older copy is given up: its shadow cannot keep up, or is on its way out.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);
    private readonly object gate = new();
    private readonly Queue<ShadowJob> queue = new();
    private long bytes;
    private int threads;
    private int idle;

    public ShadowNumbers Numbers { get; } = new();

    public int Waiting
    {
        get
        {
            lock (gate)
                return queue.Count;
        }
    }

    /// <summary>Asked before a request is copied. Counts the copy as dropped when there is no room.</summary>
    public bool HasRoom(int size)
    {
        lock (gate)
        {
            if (ReasonAgainst(size) is not { } reason)
                return true;
            Numbers.CountDropped(reason);
            return false;
        }
    }

    /// <summary>Takes the job over. Never waits.</summary>
    public void Add(ShadowJob job)
    {
        ShadowDrop? reason;
        var isThreadMissing = false;
        lock (gate)
        {
            reason = ReasonAgainst(job.Bytes);
            if (reason is null)
            {
                queue.Enqueue(job);
                bytes += job.Bytes;
                isThreadMissing = queue.Count > idle && threads < mostThreads;
                if (isThreadMissing)
                    threads++;
                else if (idle > 0)
                    Monitor.Pulse(gate);
            }
        }

        if (reason is not null)
            Drop(job, reason.Value);

        // Not here: a thread costs more than a request to start.
        if (isThreadMissing)
            ThreadPool.UnsafeQueueUserWorkItem(static lane => lane.StartThread(), this, preferLocal: false);
    }

    private ShadowDrop? ReasonAgainst(int size)
    {
        if (stop.IsClosed)
            return ShadowDrop.Stopped;
        if (queue.Count >= MostWaiting)
            return ShadowDrop.Full;
        return bytes + size > MostBytes ? ShadowDrop.Memory : null;
    }

    private void StartThread() =>
        new Thread(Work) { IsBackground = true, Name = $"shadow {name}", Priority = ThreadPriority.BelowNormal }.Start();

    private void Work()
    {
        while (Next() is { } job)
        {
            if (!stop.TryEnter())
            {
                Drop(job, ShadowDrop.Stopped);
                continue;
            }

            try
            {
                Run(job);
            }
            finally
            {
                stop.Leave();
            }
        }
    }

    private void Run(ShadowJob job)
    {
        if (time.GetElapsedTime(job.Since) > LongestWait)
        {
            Drop(job, ShadowDrop.Late);
            return;
        }

        using (job)
        {
            try
            {
                job.Run(Numbers);
            }
            catch (Exception e)
            {
                Numbers.CountFailed();
                Log.ShadowFailed(logger, name, e);
            }
        }
    }

    /// <summary>Null when there has been nothing to do for a while: the thread ends.</summary>
    private ShadowJob? Next()
    {
        lock (gate)
        {
            while (true)
            {
                if (queue.TryDequeue(out var job))
                {
                    bytes -= job.Bytes;
                    return job;
                }

                idle++;
                var isWoken = Monitor.Wait(gate, LongestIdle);
                idle--;
                if (isWoken || queue.Count > 0)
                    continue;
                threads--;
                return null;
            }
        }
    }

    private void Drop(ShadowJob job, ShadowDrop reason)
    {
        Numbers.CountDropped(reason);
        job.Dispose();
    }
}
