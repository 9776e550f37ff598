using Fairlead.Domain.Instances;
using Fairlead.Serving.Instances;

namespace Fairlead.Serving.Tests.Instances;

public sealed class InstanceLifeTests
{
    private static readonly InstancePolicy Policy = InstancePolicy.Default;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private TimeSpan now = TimeSpan.FromHours(1);
    private InstanceLife life = InstanceLife.New;

    [Fact]
    public void New_Instance_IsStartedAtOnce()
    {
        Assert.Equal(InstanceState.Waiting, life.State);
        Assert.Equal(TimeSpan.Zero, life.Until);
    }

    [Fact]
    public void Started_Well_IsReady()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckFailed, InstanceEventKind.CheckPassed);

        Assert.Equal((InstanceState.Ready, 0, null), (life.State, life.Restarts, life.Message));
    }

    [Fact]
    public void Ended_AgainAndAgain_WaitsLongerEachTime()
    {
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 12; i++)
        {
            Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed, InstanceEventKind.Ended);
            pauses.Add(life.Until - now);
        }

        Assert.Equal([200, 400, 800, 1600], pauses.Take(4).Select(pause => pause.TotalMilliseconds));
        Assert.Equal(Policy.LongestPause, pauses[^1]);
        Assert.Equal(11, life.Restarts);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 100)]
    [InlineData(0.5, 150)]
    public void Pause_WithJitter_IsShorterByUpToAHalf(double jitter, double milliseconds) =>
        Assert.Equal(milliseconds, Policy.PauseAfter(1, jitter).TotalMilliseconds);

    [Fact]
    public void Ended_AfterAWhileOfHealth_IsForgiven()
    {
        for (var i = 0; i < 5; i++)
            Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed, InstanceEventKind.Ended);
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed);
        now += Policy.ForgivenAfter;
        Happen(InstanceEventKind.CheckPassed, InstanceEventKind.Ended);

        Assert.Equal(Policy.FirstPause, life.Until - now);
    }

    [Fact]
    public void Check_FailedOnce_IsForgiven()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed, InstanceEventKind.CheckFailed, InstanceEventKind.CheckPassed, InstanceEventKind.CheckFailed);

        Assert.Equal(InstanceState.Ready, life.State);
    }

    [Fact]
    public void Check_FailedInARow_EjectsAndThenEnds()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed);
        var states = new List<InstanceState>();
        for (var i = 1; i < Policy.ChecksToEnd; i++)
        {
            Happen(InstanceEventKind.CheckFailed);
            states.Add(life.State);
            Assert.False(life.MustEnd(now, StartTimeout, Policy));
        }

        Happen(InstanceEventKind.CheckFailed);

        Assert.Equal([InstanceState.Ready, InstanceState.Ejected, InstanceState.Ejected, InstanceState.Ejected, InstanceState.Ejected], states);
        Assert.True(life.MustEnd(now, StartTimeout, Policy));
    }

    [Fact]
    public void Check_PassedAgain_EndsTheEjection()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed, InstanceEventKind.CheckFailed, InstanceEventKind.CheckFailed, InstanceEventKind.CheckPassed);

        Assert.Equal(InstanceState.Ready, life.State);
    }

    [Fact]
    public void Answers_Failed_EjectForLongerEachTime()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed);
        foreach (var expected in new[] { 5, 10, 20, 40, 60, 60 })
        {
            Happen(InstanceEventKind.AnswersFailed);
            Assert.Equal(TimeSpan.FromSeconds(expected), life.Until - now);
            Happen(InstanceEventKind.CheckPassed);
            Assert.Equal(InstanceState.Ejected, life.State);
            now = life.Until;
            Happen(InstanceEventKind.CheckPassed);
            Assert.Equal(InstanceState.Ready, life.State);
        }
    }

    [Fact]
    public void Start_TakingTooLong_MustEnd()
    {
        Happen(InstanceEventKind.Started);
        Assert.False(life.MustEnd(now + StartTimeout - TimeSpan.FromTicks(1), StartTimeout, Policy));
        Assert.True(life.MustEnd(now + StartTimeout, StartTimeout, Policy));
    }

    [Fact]
    public void Draining_Instance_StaysSoWhateverHappens()
    {
        Happen(InstanceEventKind.Started, InstanceEventKind.CheckPassed, InstanceEventKind.DrainBegan);

        Happen(Enum.GetValues<InstanceEventKind>());

        Assert.Equal(InstanceState.Draining, life.State);
        Assert.False(life.MustEnd(now + TimeSpan.FromDays(1), StartTimeout, Policy));
    }

    [Fact]
    public void Life_OfAnyEvents_KeepsItsRules()
    {
        var random = new Random(20251121);
        var kinds = Enum.GetValues<InstanceEventKind>().Where(kind => kind != InstanceEventKind.DrainBegan).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 20_000));
            var before = life;
            var kind = kinds[random.Next(kinds.Length)];
            life = life.Next(new InstanceEvent(kind, now, kind == InstanceEventKind.CheckPassed ? null : "m", random.NextDouble()), Policy);

            Assert.True(life.Until - now <= Policy.LongestEjection);
            Assert.True(life.State != InstanceState.Ready || life.Message is null);
            Assert.True(life.State != InstanceState.Ready || before.State is InstanceState.Ready or InstanceState.Starting or InstanceState.Ejected);
            Assert.True(life.Starts >= before.Starts);
        }
    }

    private void Happen(params InstanceEventKind[] kinds)
    {
        foreach (var kind in kinds)
            life = life.Next(new InstanceEvent(kind, now, kind is InstanceEventKind.CheckPassed or InstanceEventKind.Started ? null : "a reason"), Policy);
    }
}
