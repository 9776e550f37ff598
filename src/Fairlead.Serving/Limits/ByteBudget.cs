namespace Fairlead.Serving.Limits;

/// <summary>One bound for the memory of all bodies that are under way in the host.</summary>
/// <param name="limit">Bytes, inclusive.</param>
internal sealed class ByteBudget(long limit)
{
    private long taken;

    public long Limit => limit;

    public long Taken => Interlocked.Read(ref taken);

    /// <summary>False when that many more would be over the limit: the body is to be refused.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= limit)
            return true;
        Interlocked.Add(ref taken, -bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}
