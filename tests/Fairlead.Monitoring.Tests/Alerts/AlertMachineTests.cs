using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Monitoring.Tests.Alerts;

public sealed class AlertMachineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule Rule = new()
    {
        Name = "slow", Metric = "latency.p99", Condition = new Threshold(ThresholdOperator.Above, 50), For = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public void Next_AConditionThatHolds_FiresAfterItsTimeAndIsResolved()
    {
        var machine = new Machine(Rule);

        Assert.Equal([null, null, null, null, null], machine.Read(1, 60, 60, 60, 60, 60));
        Assert.Equal(AlertPhase.Pending, machine.State.Phase);
        Assert.Equal([AlertChange.Firing, null], machine.Read(1, 60, 60));
        Assert.Equal([null, null, null, null, null, AlertChange.Resolved], machine.Read(1, 10, 10, 10, 10, 10, 10));
        Assert.Equal(AlertPhase.Ok, machine.State.Phase);
    }

    [Fact]
    public void Next_AnInterruption_BeginsAnew()
    {
        var machine = new Machine(Rule);

        machine.Read(1, 60, 60, 60, 60, 60, 10, 60);

        Assert.Equal((AlertPhase.Pending, TimeSpan.Zero), (machine.State.Phase, machine.State.Held));
    }

    [Fact]
    public void Next_WithoutFor_FiresAtOnce() => Assert.Equal([AlertChange.Firing], new Machine(Rule with { For = TimeSpan.Zero }).Read(1, 51));

    [Fact]
    public void Next_AClockThatIsSet_NeitherFiresNorHoldsUp()
    {
        var machine = new Machine(Rule);
        machine.Read(1, 60);

        Assert.Equal([null], machine.Read(180, 60));
        Assert.Equal([null, null], machine.Read(-300, 60, 60));
        Assert.Equal([null, null, AlertChange.Firing], machine.Read(1, 60, 60, 60));
    }

    [Fact]
    public void Next_NoValue_IsResolvedAfterAWhile()
    {
        var machine = new Machine(Rule with { For = TimeSpan.Zero });
        machine.Read(1, 60);

        var changes = machine.Read(1, [.. Enumerable.Repeat<double?>(null, 15)]);

        Assert.All(changes[..^1], Assert.Null);
        Assert.Equal(AlertChange.Resolved, changes[^1]);
    }

    [Fact]
    public void Next_Silenced_IsToldWhenTheSilenceEnds()
    {
        var machine = new Machine(Rule with { For = TimeSpan.Zero }) { IsSilenced = true };
        Assert.Equal([null, null], machine.Read(1, 60, 60));
        Assert.Equal(AlertPhase.Firing, machine.State.Phase);

        machine.IsSilenced = false;

        Assert.Equal([AlertChange.Firing], machine.Read(1, 60));
    }

    [Fact]
    public void Next_BegunAndEndedInSilence_IsNeverTold()
    {
        var machine = new Machine(Rule with { For = TimeSpan.Zero }) { IsSilenced = true };

        Assert.All(machine.Read(1, 60, 1, 1, 1), Assert.Null);
        machine.IsSilenced = false;
        Assert.All(machine.Read(1, 1, 1), Assert.Null);
    }

    [Fact]
    public void Next_Flapping_HasToBeClearForLonger()
    {
        var machine = new Machine(Rule with { For = TimeSpan.Zero });
        var changes = machine.Read(1, [.. Enumerable.Range(0, 60).Select(i => i % 5 == 0 ? 60.0 : (double?)1)]);

        Assert.True(machine.State.IsFlapping);
        Assert.Equal(3, changes.Count(change => change == AlertChange.Firing));
        Assert.Equal(2, changes.Count(change => change == AlertChange.Resolved));
    }

    [Fact]
    public void End_OfARuleThatIsGone_ResolvesWhatFires()
    {
        var machine = new Machine(Rule with { For = TimeSpan.Zero });
        machine.Read(1, 60);

        Assert.Equal(AlertChange.Resolved, AlertMachine.End(machine.State, Start).Change);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Next_AnyCourse_NeverFiresEarlyAndAlwaysResolves(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var rule = Rule with { For = TimeSpan.FromSeconds(random.Next(0, 1200)) };
            var machine = new Machine(rule);
            var (seen, told, held) = (TimeSpan.Zero, false, false);
            for (var i = 0; i < 200; i++)
            {
                var minutes = random.Next(10) == 0 ? random.Next(-120, 120) : random.NextDouble() * 2;
                double? value = random.Next(12) switch { 0 => null, < 3 => 1, _ => 60 };
                var gap = minutes < 0 ? 0 : Math.Min(minutes, AlertMachine.LongestGap.TotalMinutes);
                seen = value is 60.0 ? held ? seen + TimeSpan.FromMinutes(gap) : TimeSpan.Zero : TimeSpan.Zero;
                held = value is 60.0;
                machine.IsSilenced = random.Next(5) == 0;
                var wasFiring = machine.State.Phase == AlertPhase.Firing;
                var change = machine.Read(minutes, value)[0];
                if (!wasFiring && machine.State.Phase == AlertPhase.Firing)
                    Assert.True(seen >= rule.For - TimeSpan.FromMilliseconds(1), $"fired after {seen} of {rule.For}");
                // Told in turns: it fires, it is resolved.
                Assert.True(change is null || (change == AlertChange.Firing) != told);
                told = change is null ? told : change == AlertChange.Firing;
            }

            machine.IsSilenced = false;
            var rest = machine.Read(1, [.. Enumerable.Repeat<double?>(1, 20)]);
            Assert.Equal(AlertPhase.Ok, machine.State.Phase);
            Assert.Equal(told, rest.Contains(AlertChange.Resolved));
        }
    }

    private sealed class Machine(AlertRule rule)
    {
        private DateTimeOffset now = Start;

        public bool IsSilenced { get; set; }

        public AlertState State { get; private set; } = new() { Rule = rule.Name, Target = "late/prod", EvaluatedAt = Start };

        /// <summary>One evaluation after the other, so many minutes apart.</summary>
        public AlertChange?[] Read(double minutes, params double?[] values) => [.. values.Select(value =>
        {
            now += TimeSpan.FromMinutes(minutes);
            var step = AlertMachine.Next(State, rule, new AlertReading("late/prod", "late", "prod", value), now, IsSilenced);
            State = step.State;
            return step.Change;
        })];
    }
}
