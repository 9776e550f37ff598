namespace Fairlead.Load.Sending.Http;

/// <summary>Counts for all connections of a run.</summary>
internal sealed class ReconnectCounter
{
    private long count;

    public long Count => Interlocked.Read(ref count);

    public void Add() => Interlocked.Increment(ref count);
}
