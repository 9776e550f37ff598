namespace Fairlead.Serving.Routing;

/// <summary>Holds the current route table.</summary>
internal sealed class RouteSource
{
    private volatile RouteTable current = new(0, [], [], () => { });
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the table is replaced the next time, or what it leads to becomes ready or ceases to be.</summary>
    public Task NextChange => changed.Task;

    /// <summary>For looking only: nothing that the table holds may be used without <see cref="Enter"/>.</summary>
    public RouteTable Current => current;

    /// <summary>The current table, which stays whole until the caller leaves it.</summary>
    public RouteTable Enter()
    {
        while (true)
        {
            var table = current;
            if (table.TryEnter())
                return table;
        }
    }

    /// <summary>Requests that come from now on see the new table; the old one is let go when its last request has left.</summary>
    public void Replace(RouteTable table)
    {
        var old = Interlocked.Exchange(ref current, table);
        old.Leave();
        Announce();
    }

    /// <summary>Wakes those who wait for <see cref="NextChange"/>.</summary>
    public void Announce() => Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
