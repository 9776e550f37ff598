namespace Fairlead.Load.Profiles;

/// <summary>The moments at which requests are due, in order: a warm-up of even gaps, then the profile.</summary>
internal sealed class SendTimes(LoadProfile profile, TimeSpan warmup, ArrivalSpacing spacing, int seed)
{
    private readonly double warmupSeconds = warmup.TotalSeconds;
    private readonly Random random = new(seed);
    private long warmupSent;
    private double due = -1;

    /// <param name="seconds">From the begin of the warm-up.</param>
    /// <returns>False when nothing more is due.</returns>
    public bool TryNext(out double seconds)
    {
        seconds = warmupSent / profile.WarmupRate;
        if (seconds < warmupSeconds)
        {
            warmupSent++;
            return true;
        }

        // The first is due when the profile begins, or one random gap after it.
        due = spacing == ArrivalSpacing.Even ? due + 1 : Math.Max(due, 0) + NextGap();
        seconds = warmupSeconds + profile.TimeOf(due);
        return due < profile.Total;
    }

    /// <summary>Exponential with mean 1; the profile stretches it to its rate.</summary>
    private double NextGap() => -Math.Log(1 - random.NextDouble());
}
