namespace Fairlead.Serving.Predicting;

/// <summary>When a request arrived.</summary>
internal readonly struct Arrival(TimeProvider time)
{
    private readonly long timestamp = time.GetTimestamp();

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long Microseconds { get; } = (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public long Milliseconds => Microseconds / 1000;

    public int ElapsedMicroseconds(TimeProvider clock) =>
        (int)Math.Min(int.MaxValue, clock.GetElapsedTime(timestamp).Ticks / TimeSpan.TicksPerMicrosecond);
}
