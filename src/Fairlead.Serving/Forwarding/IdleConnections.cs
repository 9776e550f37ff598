using Fairlead.Serving.Forwarding.Http1;

namespace Fairlead.Serving.Forwarding;

/// <summary>Connections to one instance that wait for their next call, all of one event loop. The one that was used last is taken first.</summary>
internal sealed class IdleConnections
{
    private readonly Lock gate = new();
    private readonly Stack<UpstreamConnection> idle = new();
    private bool isClosed;

    public UpstreamConnection? TryTake()
    {
        lock (gate)
            return idle.TryPop(out var connection) ? connection : null;
    }

    /// <summary>False when none is kept any more.</summary>
    public bool TryAdd(UpstreamConnection connection)
    {
        lock (gate)
        {
            if (isClosed)
                return false;
            idle.Push(connection);
            return true;
        }
    }

    /// <summary>Disposes those that are too old.</summary>
    public void Trim(Func<UpstreamConnection, bool> isOld)
    {
        List<UpstreamConnection> old;
        lock (gate)
        {
            old = [.. idle.Where(isOld)];
            if (old.Count == 0)
                return;
            var kept = idle.Where(connection => !old.Contains(connection)).Reverse().ToList();
            idle.Clear();
            kept.ForEach(idle.Push);
        }

        old.ForEach(connection => connection.Dispose());
    }

    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            while (idle.TryPop(out var connection))
                connection.Dispose();
        }
    }
}
