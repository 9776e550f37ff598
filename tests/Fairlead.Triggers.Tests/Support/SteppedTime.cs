namespace Fairlead.Triggers.Tests.Support;

/// <summary>A clock that a test moves; what waits waits by the real one.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;
    private long elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return elapsed;
    }

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan span)
    {
        lock (gate)
            (now, elapsed) = (now + span, elapsed + span.Ticks);
    }

    /// <summary>Somebody sets the clock.</summary>
    public void Set(DateTimeOffset moment)
    {
        lock (gate)
            now = moment;
    }
}
