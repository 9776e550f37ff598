namespace Fairlead.Serving.Predicting;

/// <summary>The wall clock, which stands still instead of going back when somebody sets it back, so that the ids of predictions keep rising.</summary>
internal sealed class RisingClock(TimeProvider time)
{
    private long last;

    public TimeProvider Time => time;

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long Microseconds()
    {
        var now = (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var seen = Volatile.Read(ref last);
        while (now > seen)
        {
            var before = Interlocked.CompareExchange(ref last, now, seen);
            if (before == seen)
                return now;
            seen = before;
        }

        return seen;
    }
}
