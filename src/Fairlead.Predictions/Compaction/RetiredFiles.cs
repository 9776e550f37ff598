namespace Fairlead.Predictions.Compaction;

/// <summary>What may happen to files that no new snapshot holds only when no snapshot that was made before is in use any more.</summary>
internal sealed class RetiredFiles
{
    private readonly Lock gate = new();
    private readonly LinkedList<Holder> holders = [];
    private long generation;
    private readonly Queue<(long Generation, Action Act)> waiting = [];

    /// <summary>Keeps all files that are retired from now on, until the returned action is called.</summary>
    public Action Hold()
    {
        lock (gate)
        {
            var node = holders.AddLast(new Holder(++generation));
            return () =>
            {
                lock (gate)
                    holders.Remove(node);
                Sweep();
            };
        }
    }

    /// <summary>Deletes a file when nobody holds it any more.</summary>
    public void Add(string path) => Enqueue(() => File.Delete(path));

    /// <summary>Completes when every snapshot that was made before this call has been given back.</summary>
    public Task WhenUnheld()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(done.SetResult);
        return done.Task;
    }

    private void Enqueue(Action act)
    {
        lock (gate)
            waiting.Enqueue((generation, act));
        Sweep();
    }

    private void Sweep()
    {
        lock (gate)
        {
            var oldest = holders.First?.Value.Generation ?? long.MaxValue;
            while (waiting.TryPeek(out var retired) && retired.Generation < oldest)
            {
                waiting.Dequeue();
                retired.Act();
            }
        }
    }

    private sealed record Holder(long Generation);
}
