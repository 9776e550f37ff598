namespace Fairlead.Predictions.Compaction;

/// <summary>
/// One thread for one piece of work after the other, which may give way to whoever answers requests. The allocator of the database keeps for a thread what
/// that thread gave back, and hands it to the system when it ends: a new thread for each piece would begin with memory that it has to ask for page by page.
/// </summary>
internal sealed class CompactionWorker : IDisposable
{
    /// <summary>Null ends the thread.</summary>
    private readonly Queue<Action?> works = new();

    public CompactionWorker()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "compaction" };
        thread.UnsafeStart();
    }

    /// <summary>It was given work that gives way: on Linux a thread cannot take its priority back, and all that follows does so, too.</summary>
    public bool HasGivenWay { get; private set; }

    /// <param name="work">Runs to its end on the thread.</param>
    /// <param name="givesWay">It gives way, as does all that follows.</param>
    public Task<T> RunAsync<T>(Func<T> work, bool givesWay)
    {
        var isFirst = givesWay && !HasGivenWay;
        HasGivenWay |= givesWay;
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            if (isFirst)
                CompactionThread.GiveWay();
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>The thread ends when it has done what it was given.</summary>
    public void Dispose() => Add(null);

    private void Add(Action? work)
    {
        lock (works)
        {
            works.Enqueue(work);
            Monitor.Pulse(works);
        }
    }

    private void Run()
    {
        while (Next() is { } work)
            work();
    }

    private Action? Next()
    {
        lock (works)
        {
            while (works.Count == 0)
                Monitor.Wait(works);
            return works.Dequeue();
        }
    }
}
