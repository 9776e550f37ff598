namespace Fairlead.Notices.Channels.Irc;

/// <summary>Holds lines back as servers expect it: a few at once, and then one every two seconds. Used by one sender at a time.</summary>
internal sealed class FloodLimit(TimeProvider time)
{
    private const double Burst = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private double tokens = Burst;
    private long seen = time.GetTimestamp();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(Burst, tokens + (time.GetElapsedTime(seen, now) / Interval));
        seen = now;
        tokens--;
        if (tokens < 0)
            await Task.Delay(-tokens * Interval, time, cancellationToken).ConfigureAwait(false);
    }
}
