using Fairlead.Grpc.Server;

namespace Fairlead.Serving.Limits;

/// <summary>One bound for the memory of all requests that are under way in the host: bodies, messages, tensors and answers.</summary>
/// <param name="limit">Bytes, inclusive.</param>
internal sealed class ByteBudget(long limit) : IMessageBudget
{
    private long taken;

    public long Limit => limit;

    /// <summary>What a client is told for which there is no room.</summary>
    public string Refusal => $"The requests under way hold {Taken:N0} bytes, and {limit:N0} are taken at a time; try again later, or send fewer rows at a time.";

    public long Taken => Interlocked.Read(ref taken);

    /// <summary>False when that many more would be over the limit: what needs them is to be refused.</summary>
    public bool TryTake(long bytes) => TryTake(bytes, ofOne: 0);

    /// <summary>As above, but not false while nobody else holds anything: one request alone is bounded by its own limits.</summary>
    /// <param name="ofOne">What the one that asks may hold already, at most.</param>
    public bool TryTake(long bytes, long ofOne)
    {
        var sum = Interlocked.Add(ref taken, bytes);
        if (sum <= limit || sum - bytes <= ofOne)
            return true;
        Interlocked.Add(ref taken, -bytes);
        return false;
    }

    /// <summary>For what is there already, and may be beyond the limit.</summary>
    public void Take(long bytes) => Interlocked.Add(ref taken, bytes);

    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}
