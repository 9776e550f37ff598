using Fairlead.Serving.Predicting;

namespace Fairlead.Serving.Tests.Predicting;

public sealed class RisingClockTests
{
    [Fact]
    public void NewId_WallClockSetBack_KeepsRising()
    {
        var time = new SteppedTime { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        var clock = new RisingClock(time);
        var before = new Arrival(clock);
        time.Now -= TimeSpan.FromHours(1);

        var after = new Arrival(clock);

        Assert.Equal(before.Microseconds, after.Microseconds);
        Assert.Equal(before.NewId().UnixMilliseconds, after.NewId().UnixMilliseconds);
        time.Now += TimeSpan.FromHours(2);
        Assert.True(new Arrival(clock).NewId().CompareTo(after.NewId()) > 0);
    }

    [Fact]
    public void Elapsed_WallClockSetForward_CountsOnTheMonotonicClock()
    {
        var time = new SteppedTime { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        var arrival = new Arrival(new RisingClock(time));
        time.Now += TimeSpan.FromHours(1);
        time.Ticks += TimeSpan.TicksPerMillisecond;

        Assert.Equal(1000, arrival.ElapsedMicroseconds(time));
    }

    [Fact]
    public async Task Microseconds_ManyThreads_NeverFalls()
    {
        var clock = new RisingClock(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            for (var n = 0; n < 50_000; n++)
            {
                var now = clock.Microseconds();
                Assert.True(now >= last);
                last = now;
            }
        })));
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Ticks;
    }
}
