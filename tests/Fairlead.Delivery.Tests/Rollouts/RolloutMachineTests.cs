using Fairlead.Delivery.Rollouts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Testing;

namespace Fairlead.Delivery.Tests.Rollouts;

public sealed class RolloutMachineTests
{
    private static readonly Strategy Canary = new() { Kind = StrategyKind.Canary, Traffic = [new(500), new(5_000), Weight.All], Each = TimeSpan.FromMinutes(1) };

    [Fact]
    public void Next_AHundredThousandRandomHistories_AlwaysEndWhereSomethingServes()
    {
        for (var seed = 0; seed < Campaign.Rounds(5_000, 100_000); seed++)
            RunAtRandom(seed);
    }

    [Fact]
    public void Canary_WhoseJudgeCanNeverSay_FailsAfterItsPatience()
    {
        var world = new RolloutSimulation(new Random(5), Canary, null) { Advice = RolloutAdvice.Wait };

        world.RunToTheEnd();

        Assert.Equal((RolloutOutcome.Failed, ProblemKind.Failed), (world.State.Outcome, world.State.Problem));
        Assert.Contains("within 600 s after its time, and what was not judged is not good: so it is", world.State.Reason);
        Assert.Equal(Weight.All, world.Stable.Weight);
        Assert.Equal(ServerGroupStatus.Destroyed, world.Candidate!.Status);
    }

    [Theory]
    [InlineData(200, 10)]
    [InlineData(5_000, 100)]
    public void Rolling_ManyInstances_KeepsTheCapacityAndEnds(int instances, int batch)
    {
        var strategy = new Strategy { Kind = StrategyKind.Rolling, Batch = new Amount(batch) };
        var world = new RolloutSimulation(new Random(1), strategy, instances) { Least = instances };

        world.RunToTheEnd();

        Assert.Equal(RolloutOutcome.Succeeded, world.State.Outcome);
        Assert.Equal((ServerGroupStatus.Enabled, instances), (world.Candidate!.Status, world.ReadyOf(world.Candidate)));
        Assert.Equal(ServerGroupStatus.Destroyed, world.Stable.Status);
    }

    [Fact]
    public void Rolling_WhoseCandidateDiesAtHalf_GivesEverythingBack()
    {
        var world = new RolloutSimulation(new Random(2), new Strategy { Kind = StrategyKind.Rolling, Batch = Amount.Percent(10) }, 100) { DiesAt = new Weight(5_000) };

        world.RunToTheEnd();

        Assert.Equal(RolloutOutcome.Failed, world.State.Outcome);
        Assert.Contains("takes requests", world.State.Reason);
        Assert.Equal((ServerGroupStatus.Enabled, Weight.All, (int?)100), (world.Stable.Status, world.Stable.Weight, world.Stable.Instances));
        Assert.Equal(ServerGroupStatus.Destroyed, world.Candidate!.Status);
    }

    [Fact]
    public void Rolling_Aborted_BringsTheOldInstancesBackBeforeTheTraffic()
    {
        var world = new RolloutSimulation(new Random(3), new Strategy { Kind = StrategyKind.Rolling, Batch = Amount.Percent(10) }, 100) { Least = 100 };
        while (world.State.Step < 6)
            world.Step();

        world.Command((state, at) => RolloutCommands.Abort(state, "eve", at));
        world.RunToTheEnd();

        Assert.Equal(RolloutOutcome.Aborted, world.State.Outcome);
        Assert.Equal((Weight.All, (int?)100), (world.Stable.Weight, world.Stable.Instances));
    }

    [Fact]
    public void BlueGreen_ThatAnswersWithErrors_GoesBackByItself()
    {
        var world = new RolloutSimulation(new Random(4), Strategy.BlueGreen, null) { FailsAt = Weight.All };

        world.RunToTheEnd();

        Assert.Equal(RolloutOutcome.Failed, world.State.Outcome);
        Assert.Contains("requests with errors, where 5% are allowed", world.State.Reason);
        Assert.Equal(Weight.All, world.Stable.Weight);
    }

    [Fact]
    public void Canary_OnBadHealthThatIsToPause_WaitsForAPerson()
    {
        var world = new RolloutSimulation(new Random(5), Canary with { PauseOnBadHealth = true }, null) { FailsAt = new Weight(5_000) };
        for (var i = 0; i < 2_000; i++)
            world.Step();
        Assert.True(world.State is { IsPaused: true, Step: 1 }, world.Describe());

        world.Command((state, at) => RolloutCommands.Abort(state, "eve", at));
        world.RunToTheEnd();

        Assert.Equal((RolloutOutcome.Aborted, "Aborted by eve."), (world.State.Outcome, world.State.Reason));
    }

    [Fact]
    public void Canary_WhoseJudgeCannotSay_WaitsForItWithinItsPatience()
    {
        var world = new RolloutSimulation(new Random(6), Canary, null) { Advice = RolloutAdvice.Wait };
        while (world.State.Held < TimeSpan.FromMinutes(9))
            world.Step();
        Assert.True(world.State is { Phase: RolloutPhase.Holding, Step: 0 }, world.Describe());

        world.Advice = RolloutAdvice.Abort;
        world.RunToTheEnd();

        Assert.Equal((RolloutOutcome.Failed, "so it is"), (world.State.Outcome, world.State.Reason));
        Assert.Equal(Weight.All, world.Stable.Weight);
    }

    [Fact]
    public void Canary_WithABaseline_GivesBothTheSame()
    {
        var world = new RolloutSimulation(new Random(7), Canary with { Baseline = true }, null);
        while (world.State is not { Phase: RolloutPhase.Holding, Step: 0 })
            world.Step();

        var baseline = world.Groups.Single(group => group.IsBaseline is true);
        Assert.Equal((500, 500, 9_000), (world.Candidate!.Weight.Hundredths, baseline.Weight.Hundredths, world.Stable.Weight.Hundredths));
        Assert.Equal(world.Stable.Release, baseline.Release);

        world.RunToTheEnd();
        Assert.Equal(RolloutOutcome.Succeeded, world.State.Outcome);
        Assert.Equal(ServerGroupStatus.Destroyed, world.Groups.Single(group => group.IsBaseline is true).Status);
        Assert.Equal((Weight.All, 1), (world.Candidate.Weight, world.Candidate.Previous!.Value.Number));
    }

    [Fact]
    public void Canary_AClockThatJumps_DoesNotEndItsTime()
    {
        var state = new RolloutSimulation(new Random(8), Canary, null);
        while (state.State is not { Phase: RolloutPhase.Holding })
            state.Step();
        var seen = new RolloutObservation(null, new Dictionary<string, ServiceSight> { ["late"] = new(GroupSight.Unknown, GroupSight.Unknown, GroupSight.Unknown) });

        var ahead = RolloutMachine.Next(state.State, seen, state.State.SeenAt.AddYears(1));
        var behind = RolloutMachine.Next(ahead.State, seen, state.State.SeenAt.AddYears(-1));

        Assert.Equal((RolloutPhase.Holding, 0), (ahead.State.Phase, ahead.State.Step));
        Assert.Equal(RolloutClock.LongestLook, ahead.State.Held - state.State.Held);
        Assert.Equal(ahead.State.Held, behind.State.Held);
    }

    [Fact]
    public void Highlander_WhenItIsWell_LeavesOneGroup()
    {
        var world = new RolloutSimulation(new Random(9), new Strategy { Kind = StrategyKind.Highlander }, null);

        world.RunToTheEnd();

        Assert.Equal([ServerGroupStatus.Destroyed, ServerGroupStatus.Enabled], world.Groups.Select(group => group.Status));
    }

    private static void RunAtRandom(int seed)
    {
        var random = new Random(seed);
        int? instances = random.Next(3) == 0 ? null : random.Next(1, 40);
        var strategy = StrategyAtRandom(random);
        var guard = random.Next(2) == 0 ? Amount.Percent(random.Next(0, 101)) : (Amount?)null;
        var isUnstartable = random.Next(10) == 0;
        var world = new RolloutSimulation(random, strategy, instances, new DeliveryPolicy { Guard = guard }, hasStable: random.Next(8) != 0)
        {
            Trouble = random.Next(3) * 0.1,
            IsUnstartable = isUnstartable,
            DiesAt = random.Next(6) == 0 ? new Weight(random.Next(1, Weight.Whole + 1)) : null,
            FailsAt = random.Next(6) == 0 ? new Weight(random.Next(1, Weight.Whole + 1)) : null,
            Advice = random.Next(10) == 0 ? RolloutAdvice.Wait : random.Next(10) == 0 ? RolloutAdvice.Abort : RolloutAdvice.GoOn,
        };
        var hadStable = world.Groups.Count > 0;
        if (hadStable && instances is { } count && strategy.Kind == StrategyKind.Rolling)
            world.Least = count - Math.Min(strategy.Unavailable.Of(count), count - Math.Max(1, guard?.Of(count) ?? 0));
        for (var i = 0; i < 60 && !world.State.IsEnded; i++)
        {
            world.IsHostAway = random.Next(10) == 0 ? !world.IsHostAway : world.IsHostAway;
            world.Step();
            TroubleAtRandom(random, world);
        }

        world.RunToTheEnd();
        if (random.Next(4) == 0 && world.RollBack())
            world.RunToTheEnd();
        world.CheckPromises();
        world.Rest();

        // A host that refuses what was live before leaves only what is there.
        var isRefused = world.State is { Kind: RolloutKind.Rollback, Outcome: RolloutOutcome.Failed };
        Assert.True(!hadStable || isRefused || world.Groups.Exists(group => group.Status == ServerGroupStatus.Enabled && (instances is null || world.ReadyOf(group) > 0)), $"seed {seed}: nothing serves: {world.Describe()}");
        Assert.True(
            world.State.Problem == ProblemKind.Unavailable || isRefused || !world.Groups.Exists(group => group.IsBaseline is true && group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled),
            $"seed {seed}: a baseline is left: {world.Describe()}");
    }

    private static void TroubleAtRandom(Random random, RolloutSimulation world)
    {
        switch (random.Next(40))
        {
            case 0:
                world.Command((state, at) => RolloutCommands.Pause(state, "eve", at));
                break;
            case 1:
                world.Command((state, at) => RolloutCommands.Resume(state, "eve", at));
                break;
            case 2:
                world.Command((state, at) => RolloutCommands.Abort(state, "eve", at));
                break;
            // Whoever settles it does not want to know any more.
            case 3 when world.DiesAt is null:
                world.Command(RolloutCommands.Settle);
                break;
            case 4 when !world.State.IsEnded:
                world.RollBack();
                break;
        }
    }

    private static Strategy StrategyAtRandom(Random random) => random.Next(5) switch
    {
        0 => Strategy.BlueGreen,
        1 => new Strategy { Kind = StrategyKind.Highlander },
        2 => Canary with { Baseline = random.Next(2) == 0, Each = TimeSpan.FromSeconds(random.Next(0, 90)), PauseOnBadHealth = random.Next(3) == 0 },
        3 => new Strategy { Kind = StrategyKind.Shadow, Mirror = Weight.All },
        _ => new Strategy
        {
            Kind = StrategyKind.Rolling,
            Batch = random.Next(2) == 0 ? new Amount(random.Next(1, 10)) : Amount.Percent(random.Next(1, 101)),
            Surge = random.Next(2) == 0 ? new Amount(random.Next(0, 10)) : null,
            Unavailable = new Amount(random.Next(0, 5)),
            Each = TimeSpan.FromSeconds(random.Next(0, 30)),
        },
    };
}
