namespace Fairlead.Predictions.Query;

/// <summary>Files of the tail that no new snapshot holds. They are deleted when no snapshot that was made before is in use any more.</summary>
internal sealed class RetiredFiles
{
    private readonly Lock gate = new();
    private readonly LinkedList<Holder> holders = [];
    private long generation;
    private readonly Queue<(long Generation, string Path)> paths = [];

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

    public void Add(string path)
    {
        lock (gate)
            paths.Enqueue((generation, path));
        Sweep();
    }

    private void Sweep()
    {
        lock (gate)
        {
            var oldest = holders.First?.Value.Generation ?? long.MaxValue;
            while (paths.TryPeek(out var retired) && retired.Generation < oldest)
            {
                paths.Dequeue();
                File.Delete(retired.Path);
            }
        }
    }

    private sealed record Holder(long Generation);
}
