namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A wall clock that somebody sets; the monotonic clock goes on as it does.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long offset;

    /// <summary>How wrong the wall clock is.</summary>
    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offset));
        set => Interlocked.Exchange(ref offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
