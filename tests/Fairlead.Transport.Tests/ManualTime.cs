namespace Fairlead.Transport.Tests;

/// <summary>A clock whose timers go off when the test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> timers = [];

    /// <summary>Timers that were set and have not gone off.</summary>
    public int Set
    {
        get
        {
            lock (timers)
                return timers.Count(timer => timer.IsSet);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state) { IsSet = dueTime != Timeout.InfiniteTimeSpan };
        lock (timers)
            timers.Add(timer);
        return timer;
    }

    public void Fire()
    {
        ManualTimer[] due;
        lock (timers)
            due = [.. timers.Where(timer => timer.IsSet)];
        foreach (var timer in due)
            timer.Fire();
    }
}
