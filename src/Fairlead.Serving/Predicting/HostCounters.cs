namespace Fairlead.Serving.Predicting;

/// <summary>What a host has done since it started.</summary>
internal sealed class HostCounters
{
    private long answered;

    /// <summary>Requests that a server group answered, with a prediction or an error.</summary>
    public long Answered => Interlocked.Read(ref answered);

    public void CountAnswer() => Interlocked.Increment(ref answered);
}
