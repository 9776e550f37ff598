using System.Threading.Channels;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A clock that stands until a test moves it, and tells of every timer that is set once.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> timers = [];
    private readonly Channel<TimeSpan> armed = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    /// <summary>Times until timers that are set once, in the order in which they were set.</summary>
    public ChannelReader<TimeSpan> Armed => armed.Reader;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50) + Now;

    public void Advance(TimeSpan time)
    {
        List<SteppedTimer> due;
        lock (gate)
        {
            now += time;
            due = [.. timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
                timer.Due = timer.Period > TimeSpan.Zero ? now + timer.Period : TimeSpan.MaxValue;
        }

        due.ForEach(timer => timer.Callback());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        lock (gate)
            timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SteppedTimer(SteppedTime clock, Action callback) : ITimer
    {
        public Action Callback => callback;

        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.now + dueTime;
                Period = period;
            }

            if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan)
                clock.armed.Writer.TryWrite(dueTime);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
