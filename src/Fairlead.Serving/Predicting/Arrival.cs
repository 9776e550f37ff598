using Fairlead.Domain.Predictions;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Predicting;

/// <summary>When a request arrived. Durations are measured on the monotonic clock.</summary>
internal readonly struct Arrival(RisingClock clock)
{
    private readonly long timestamp = clock.Time.GetTimestamp();

    /// <summary>Microseconds since 1970-01-01 UTC, never less than those of an earlier arrival.</summary>
    public long Microseconds { get; } = clock.Microseconds();

    public long Milliseconds => Microseconds / 1000;

    /// <summary>A new id for the request's prediction.</summary>
    public PredictionId NewId()
    {
        Span<byte> random = stackalloc byte[2 * sizeof(ulong)];
        BitConverter.TryWriteBytes(random, ThreadRandom.Next());
        BitConverter.TryWriteBytes(random[sizeof(ulong)..], ThreadRandom.Next());
        return PredictionId.Create(Milliseconds, random);
    }

    public TimeSpan Elapsed(TimeProvider time) => time.GetElapsedTime(timestamp);

    public int ElapsedMicroseconds(TimeProvider time) => (int)Math.Min(int.MaxValue, Elapsed(time).Ticks / TimeSpan.TicksPerMicrosecond);
}
