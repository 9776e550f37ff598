namespace Fairlead.Load.Pacing;

/// <summary>Nanoseconds since the begin of the run, by the monotonic clock.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long begin = time.GetTimestamp();
    private readonly double nanosecondsPerTick = 1e9 / time.TimestampFrequency;

    public long Now => (long)((time.GetTimestamp() - begin) * nanosecondsPerTick);
}
