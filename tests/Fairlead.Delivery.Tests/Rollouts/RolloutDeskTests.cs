using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Rollouts;

public sealed class RolloutDeskTests
{
    private static readonly Strategy Canary = new() { Kind = StrategyKind.Canary, Traffic = [new(1_000), Weight.All], Each = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Start_WithTheSameKey_StartsOnce()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var order = new RolloutOrder { Key = "execution-7/prod/1", Environment = "prod", User = "eve" };

        var first = await world.Rollouts.StartAsync(order, CancellationToken.None);
        await world.Rollouts.WaitAsync(first.Number, now => now.IsSettled, TimeSpan.FromDays(1), CancellationToken.None);
        var second = await world.Rollouts.StartAsync(order, CancellationToken.None);

        Assert.Equal(first.Number, second.Number);
        Assert.Equal(first.Number, (await world.Rollouts.FindByKeyAsync(order.Key, CancellationToken.None))!.Number);
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Start_OfACanary_MovesWeightByWeight()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();

        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);
        await AtAsync(world, started.Number, RolloutPhase.Holding, 0);
        Assert.Equal("late1:90% late2:10%", await world.StatusesAsync());
        var ended = await RunAsync(world, started.Number);

        Assert.Equal((RolloutOutcome.Succeeded, "eve"), (ended.Outcome, ended.StartedBy));
        Assert.Equal(["10%", "100%"], ended.History.Where(entry => entry.Weight is not null).Select(entry => entry.Weight.ToString()));
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Start_WhileACanaryIsUnderWay_IsRefusedWithTheCure()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync(release: 1));

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains($"fairlead rollout abort {started.Number}", e.Message);
    }

    [Fact]
    public async Task Abort_OfACanary_GivesTheTrafficBack()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary with { Baseline = true }, User = "eve" }, CancellationToken.None);
        await AtAsync(world, started.Number, RolloutPhase.Holding, 0);
        Assert.Equal("late1:80% late2:10% late3:10%", await world.StatusesAsync());

        await world.Rollouts.AbortAsync(started.Number, "bob", CancellationToken.None);
        var ended = await world.Rollouts.WaitAsync(started.Number, now => now.IsEnded, TimeSpan.FromDays(1), CancellationToken.None);

        Assert.Equal((RolloutOutcome.Aborted, "Aborted by bob."), (ended.Outcome, ended.Reason));
        Assert.Equal("late1:100% late2:destroyed late3:destroyed", await world.StatusesAsync());
        await Assert.ThrowsAsync<FairleadException>(() => world.Rollouts.AbortAsync(started.Number, "bob", CancellationToken.None));
    }

    [Fact]
    public async Task Pause_KeepsItWhereItIs_AndResumeLetsItGo()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);
        await AtAsync(world, started.Number, RolloutPhase.Holding, 0);

        await world.Rollouts.PauseAsync(started.Number, "bob", CancellationToken.None);
        await TickAsync(world, started.Number, 60);
        Assert.Equal("late1:90% late2:10%", await world.StatusesAsync());

        await world.Rollouts.ResumeAsync(started.Number, "bob", CancellationToken.None);
        Assert.Equal(RolloutOutcome.Succeeded, (await RunAsync(world, started.Number)).Outcome);
    }

    [Fact]
    public async Task RollBack_DuringACanary_TakesOverAndSaysWhatItUndid()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);
        await AtAsync(world, started.Number, RolloutPhase.Holding, 0);

        var result = await world.RollBackAsync();

        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
        var (first, second) = ((await world.Rollouts.FindAsync(started.Number, CancellationToken.None))!, (await world.Rollouts.FindAsync(result.Rollout!.Value, CancellationToken.None))!);
        Assert.Equal(RolloutOutcome.Superseded, first.Outcome);
        Assert.Equal((RolloutKind.Rollback, RolloutOutcome.Succeeded, $"rollout {started.Number} of release v002"), (second.Kind, second.Outcome, second.Undoes));
    }

    [Fact]
    public async Task RollBack_ToANamedGroupThatIsGone_MakesItAnew()
    {
        await using var world = await LiveAsync();
        for (var i = 0; i < 4; i++)
        {
            await world.ReleaseAsync();
            await world.DeployAsync();
        }

        Assert.Equal("late1:destroyed late2:destroyed late3:disabled late4:disabled late5:100%", await world.StatusesAsync());
        await world.Deployer.RollBackAsync(new RollbackOrder { Environment = "prod", To = ServerGroupName.Parse("late-prod-v001"), User = "bob" }, CancellationToken.None);

        var made = await world.GroupAsync("late-prod-v006");
        Assert.Equal((ServerGroupStatus.Enabled, new ReleaseName(1)), (made.Status, made.Release));
        Assert.Equal((await world.GroupAsync("late-prod-v001")).Service, made.Service);
    }

    [Fact]
    public async Task ACanary_AfterEachRecordThatItWrites_GoesOnToTheSameEnd()
    {
        var undisturbed = await EndOfAsync(null);
        Assert.Equal("late1:disabled late2:100% late3:destroyed", undisturbed.Statuses);
        for (var kill = 1; kill <= undisturbed.Records; kill++)
            Assert.Equal(undisturbed.Statuses, (await EndOfAsync(kill)).Statuses);
    }

    [Fact]
    public async Task Analysis_ThatAborts_EndsTheCanary()
    {
        await using var world = await LiveAsync(new FakeAnalysis(new RolloutVerdict(RolloutAdvice.Abort, "Latency doubled.")));
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);

        var ended = await RunAsync(world, started.Number);

        Assert.Equal((RolloutOutcome.Failed, "Latency doubled."), (ended.Outcome, ended.Reason));
        Assert.Equal("late1:100% late2:destroyed", await world.StatusesAsync());
    }

    [Fact]
    public async Task Analysis_DuringAWeight_IsAskedEarlyAndLetsItPassAtTheEnd()
    {
        var held = new List<TimeSpan>();
        var analysis = new FakeAnalysis((question, _) =>
        {
            held.Add(question.Until - question.Since);
            return Task.FromResult(held[^1] < Canary.Each ? new RolloutVerdict(RolloutAdvice.Wait, "so far") { Again = held[^1] + TimeSpan.FromSeconds(20) } : new RolloutVerdict(RolloutAdvice.GoOn, "good."));
        }) { Plan = new AnalysisPlan { Interval = TimeSpan.FromSeconds(20) } };
        await using var world = await LiveAsync(analysis);
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);

        var ended = await RunAsync(world, started.Number);

        Assert.Equal(RolloutOutcome.Succeeded, ended.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(20), ended.Analysis!.Interval);
        Assert.Equal([20, 40, 60], held.Select(time => (int)Math.Floor(time.TotalSeconds / 20) * 20));
        Assert.Contains(ended.History, entry => entry.Message == "The analysis lets it pass: good.");
    }

    [Fact]
    public async Task Analysis_ThatTakesLong_KeepsNobodyFromSeeingBadHealth()
    {
        var wasCancelled = new TaskCompletionSource();
        var analysis = new FakeAnalysis(async (_, cancellationToken) =>
        {
            await using var ending = cancellationToken.Register(wasCancelled.SetResult);
            await wasCancelled.Task;
            throw new OperationCanceledException(cancellationToken);
        }) { Plan = new AnalysisPlan { Interval = TimeSpan.FromSeconds(10) } };
        await using var world = new World { Analysis = analysis };
        await world.RestartAsync();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);
        while (analysis.Asked == 0)
            await TickAsync(world, started.Number, 1);

        for (var answered = 50; !(await world.Rollouts.FindAsync(started.Number, CancellationToken.None))!.IsEnded; answered += 50)
        {
            host.Groups = [new ServerGroupReport { ServerGroup = ServerGroupName.Parse("late-prod-v002"), Answered = answered, Errors = answered }];
            await TickAsync(world, started.Number, 1);
        }

        Assert.Contains("requests with errors", (await world.Rollouts.FindAsync(started.Number, CancellationToken.None))!.Reason);
        Assert.Equal(1, analysis.Asked);
        await wasCancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Analysis_ThatThrows_IsNeverGood()
    {
        await using var world = await LiveAsync(new FakeAnalysis((_, _) => throw new InvalidOperationException("It broke.")));
        await world.ReleaseAsync();
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = Canary, User = "eve" }, CancellationToken.None);

        var ended = await RunAsync(world, started.Number);

        Assert.Equal(RolloutOutcome.Failed, ended.Outcome);
        Assert.Contains("The analysis failed: It broke.", ended.Reason);
        Assert.Equal("late1:100% late2:destroyed", await world.StatusesAsync());
    }

    [Theory]
    [InlineData(RolloutAdvice.GoOn, RolloutOutcome.Succeeded, "late1:100% late2:disabled")]
    [InlineData(RolloutAdvice.Abort, RolloutOutcome.Failed, "late1:100% late2:destroyed")]
    public async Task Analysis_OfAShadow_KeepsItOrTakesItAway(RolloutAdvice advice, RolloutOutcome outcome, string statuses)
    {
        await using var world = await LiveAsync(new FakeAnalysis(new RolloutVerdict(advice, "Judged.")));
        await world.ReleaseAsync();
        var shadow = new Strategy { Kind = StrategyKind.Shadow, Mirror = Weight.All, Each = TimeSpan.FromMinutes(1), Analyse = ["paired.latency"] };
        var started = await world.Rollouts.StartAsync(new RolloutOrder { Environment = "prod", Strategy = shadow, User = "eve" }, CancellationToken.None);
        await AtAsync(world, started.Number, RolloutPhase.Holding, 0);
        Assert.False((await world.Rollouts.FindAsync(started.Number, CancellationToken.None))!.IsSettled);

        var ended = await RunAsync(world, started.Number);

        Assert.Equal(outcome, ended.Outcome);
        Assert.Equal(statuses, await world.StatusesAsync());
    }

    [Fact]
    public async Task Analyse_WithoutAJudge_IsRefused()
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.Rollouts.StartAsync(
            new RolloutOrder { Environment = "prod", Strategy = Canary with { Analyse = ["latency.p99"] }, User = "eve" }, CancellationToken.None));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("latency.p99", e.Message);
    }

    [Fact]
    public async Task Deploy_ThatAnswersWithErrorsOnceLive_GoesBackByItself()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        var deployment = await world.DeployAsync();
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());

        for (var answered = 0; !(await world.Rollouts.FindAsync(deployment.Rollout!.Value, CancellationToken.None))!.IsEnded; answered += 50)
        {
            host.Groups = [new ServerGroupReport { ServerGroup = ServerGroupName.Parse("late-prod-v002"), Answered = answered, Errors = answered }];
            await TickAsync(world, deployment.Rollout!.Value, 1);
        }

        var ended = (await world.Rollouts.FindAsync(deployment.Rollout!.Value, CancellationToken.None))!;
        Assert.Equal(RolloutOutcome.Failed, ended.Outcome);
        Assert.Contains("requests with errors", ended.Reason);
        Assert.Equal("late1:100% late2:destroyed", await world.StatusesAsync());
    }

    /// <summary>A canary whose control plane ends right after its n-th record, before anything else.</summary>
    private static async Task<(string Statuses, int Records)> EndOfAsync(int? kill)
    {
        await using var world = await LiveAsync();
        await world.ReleaseAsync();
        var records = (FakeRecordCatalog)world.Records;
        var before = records.Written.Count;
        if (kill is { } after)
            records.EndAfter(after);
        Rollout? started = null;
        try
        {
            started = await world.Rollouts.StartAsync(new RolloutOrder { Key = "it", Environment = "prod", Strategy = Canary with { Each = TimeSpan.Zero, Baseline = true }, User = "eve" }, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // It ended while it began.
        }

        if (kill is not null)
        {
            while (!records.HasEnded)
                await TickAsync(world, started!.Number, 1);
            await world.RestartAsync();
            records.Revive();
            world.StartHost("http://localhost:7072");
            await world.Deployer.RecoverAsync(CancellationToken.None);
            started = await world.Rollouts.FindByKeyAsync("it", CancellationToken.None);
        }

        var ended = await RunAsync(world, started!.Number);
        Assert.Equal(RolloutOutcome.Succeeded, ended.Outcome);
        return (await world.StatusesAsync(), records.Written.Count - before);
    }

    private static async Task<World> LiveAsync(IRolloutAnalysis? analysis = null)
    {
        var world = new World { Analysis = analysis };
        await world.RestartAsync();
        world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        return world;
    }

    private static async Task AtAsync(World world, int number, RolloutPhase phase, int step) =>
        await world.Rollouts.WaitAsync(number, now => now.Phase == phase && now.Step == step, TimeSpan.FromDays(1), CancellationToken.None);

    /// <summary>Lets time go on, in steps in which everybody looks.</summary>
    private static async Task<Rollout> RunAsync(World world, int number)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (await world.Rollouts.FindAsync(number, CancellationToken.None) is { IsEnded: true } ended)
                return ended;
            await TickAsync(world, number, 1);
        }

        throw new InvalidOperationException("It does not end.");
    }

    /// <summary>A look of everybody, as often as is said; completes when the rollout waits for the next one or has ended.</summary>
    private static async Task TickAsync(World world, int number, int times)
    {
        for (var i = 0; i < times; i++)
        {
            world.Time.Advance(RolloutDriver.LookPause);
            world.BeatAll();
            await Task.WhenAny(
                world.Time.Armed(RolloutDriver.LookPause), world.Rollouts.WaitAsync(number, now => now.IsEnded, Timeout.InfiniteTimeSpan, CancellationToken.None));
        }
    }
}
