namespace Fairlead.Grpc.Tests.Server;

/// <summary>A clock that stands until a test moves it, and tells when somebody waits for it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly Dictionary<TimeSpan, TaskCompletionSource> armed = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return now.Ticks;
    }

    /// <summary>Completes once a timer was set to this time.</summary>
    public Task ArmedAsync(TimeSpan dueTime, CancellationToken cancellationToken)
    {
        lock (gate)
            return Armed(dueTime).Task.WaitAsync(cancellationToken);
    }

    public void Advance(TimeSpan time)
    {
        ManualTimer[] due;
        lock (gate)
        {
            now += time;
            due = [.. timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
                timer.Due = TimeSpan.MaxValue;
        }

        foreach (var timer in due)
            timer.Callback();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (gate)
            timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(ManualTimer timer, TimeSpan dueTime)
    {
        lock (gate)
        {
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : now + dueTime;
            Armed(dueTime).TrySetResult();
        }
    }

    private TaskCompletionSource Armed(TimeSpan dueTime) =>
        armed.TryGetValue(dueTime, out var known) ? known : armed[dueTime] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Remove(ManualTimer timer)
    {
        lock (gate)
            timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime clock, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
