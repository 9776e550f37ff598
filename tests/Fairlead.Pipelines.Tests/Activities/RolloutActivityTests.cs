using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Tests.Driving;

namespace Fairlead.Pipelines.Tests.Activities;

public sealed class RolloutActivityTests
{
    private const string Key = "7/prod/1/deploy";
    private readonly FakeRollouts rollouts = new();
    private readonly FixedTime time = new();
    private DeployCalendar calendar = DeployCalendar.Always;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deploy_ThatSucceeds_SaysWhatIsLive()
    {
        var running = DeployAsync();
        await rollouts.UntilAsync("start");
        rollouts.End(1, RolloutOutcome.Succeeded);
        var outcome = await running;
        Assert.Equal("""{"rollout":1,"environment":"prod","release":"v002","changed":true,"live":["late-prod-v002"],"before":["late-prod-v001"]}""", outcome.Output!.Value.GetRawText());
        Assert.Equal([$"start {Key} prod v002 Canary"], rollouts.Calls);
    }

    [Fact]
    public async Task Deploy_BegunAgainAfterARestart_IsTheSameRollout()
    {
        using var dying = new CancellationTokenSource();
        var first = DeployAsync(cancellation: dying.Token);
        await rollouts.UntilAsync("start");
        await dying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = DeployAsync();
        rollouts.End(1, RolloutOutcome.Succeeded);
        Assert.Equal(1, (await second).Output!.Value.GetProperty("rollout").GetInt32());
        Assert.Single(rollouts.Calls);
    }

    [Theory]
    [InlineData(RolloutOutcome.Failed, ProblemKind.Failed, false)]
    [InlineData(RolloutOutcome.Failed, ProblemKind.Unavailable, true)]
    [InlineData(RolloutOutcome.Aborted, ProblemKind.Conflict, false)]
    public async Task Deploy_ThatDoesNotSucceed_FailsWithItsReason(RolloutOutcome how, ProblemKind problem, bool isRetryable)
    {
        var running = DeployAsync();
        await rollouts.UntilAsync("start");
        rollouts.End(1, how, "It was not well.", problem);
        Assert.Equal(("It was not well.", isRetryable), ((await running).Error, (await running).IsRetryable));
    }

    [Theory]
    [InlineData("release", "newest")]
    [InlineData("strategy", "canry")]
    public async Task Deploy_WordsThatMeanNothing_AreRefusedBeforeAnythingBegins(string setting, string word)
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => DeployAsync($",\"{setting}\":\"{word}\""));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Contains($"'{word}'", problem.Message, StringComparison.Ordinal);
        Assert.Empty(rollouts.Calls);
    }

    [Fact]
    public async Task Deploy_IntoAClosedEnvironment_BeginsNothing_AndSaysUntilWhen()
    {
        calendar = Frozen(Sample.Start.AddHours(3));
        var output = (await DeployAsync()).Output!.Value;
        Assert.Empty(rollouts.Calls);
        Assert.StartsWith("'prod' is frozen by 'quiet' (Holidays).", output.GetProperty("closed").GetString(), StringComparison.Ordinal);
        Assert.Equal(Sample.Start.AddHours(3), output.GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task Deploy_ClosedInTheMiddle_StaysWhereItIs_AndGoesOnAtTheOpening()
    {
        var running = DeployAsync();
        await rollouts.UntilAsync("start");
        calendar = Frozen(Sample.Start.AddHours(3));
        rollouts.Touch(1);
        await rollouts.UntilAsync("pause the window of 'prod'");
        time.Now = Sample.Start.AddHours(3);
        rollouts.Touch(1);
        await rollouts.UntilAsync("resume the window of 'prod'");
        rollouts.End(1, RolloutOutcome.Succeeded);
        Assert.Null((await running).Error);
        Assert.Equal(3, rollouts.Calls.Count);
    }

    [Fact]
    public async Task Deploy_PausedByAPerson_IsNotResumedByTheOpening()
    {
        var running = DeployAsync();
        await rollouts.UntilAsync("start");
        await rollouts.PauseAsync(1, "ann", Cancellation);
        rollouts.Touch(1);
        rollouts.End(1, RolloutOutcome.Aborted, "Enough.");
        Assert.Equal("Enough.", (await running).Error);
        Assert.DoesNotContain(rollouts.Calls, call => call.StartsWith("resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_OfOneUnderWay_AbortsIt_AndWaitsForItsEnd()
    {
        await rollouts.StartAsync(new RolloutOrder { Key = Key, Environment = "prod", User = "ann" }, Cancellation);
        var undoing = UndoAsync();
        await rollouts.UntilAsync("abort ann");
        Assert.False(undoing.IsCompleted);
        rollouts.End(1, RolloutOutcome.Aborted);
        Assert.Equal("""{"undone":"Aborted"}""", (await undoing).Output!.Value.GetRawText());
        Assert.DoesNotContain(rollouts.Calls, call => call.StartsWith("back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_OfOneThatIsLive_GoesBackGroupByGroup()
    {
        await rollouts.StartAsync(new RolloutOrder { Key = Key, Environment = "prod", User = "ann" }, Cancellation);
        rollouts.End(1, RolloutOutcome.Succeeded);
        Assert.Equal("""{"undone":"rolled back"}""", (await UndoAsync()).Output!.Value.GetRawText());
        Assert.Equal("back 7/prod/1/undo-1-restore/late late late-prod-v001", rollouts.Calls.Last());
        await UndoAsync();
        Assert.Equal(2, (await rollouts.ListAsync(null, 10, Cancellation)).Count);
    }

    [Fact]
    public async Task Undo_OfNothing_DoesNothing()
    {
        Assert.Equal("""{"undone":"nothing was begun"}""", (await UndoAsync()).Output!.Value.GetRawText());
        Assert.Empty(rollouts.Calls);
    }

    [Fact]
    public async Task Rollback_ToAGroup_IsNeverHeldByAWindow_AndTheSameKeyIsTheSameRollback()
    {
        calendar = Frozen(Sample.Start.AddHours(3));
        var activity = new RollbackActivity(rollouts);
        for (var i = 0; i < 2; i++)
            Assert.Equal("v001", (await activity.RunAsync(Call("""{"environment":"prod","to":"late-prod-v001","user":"ann"}"""), Cancellation)).Output!.Value.GetProperty("release").GetString());
        Assert.Single(await rollouts.ListAsync(null, 10, Cancellation));
        var wrong = await Assert.ThrowsAsync<FairleadException>(() => activity.RunAsync(Call("""{"environment":"prod","to":"late","user":"ann"}"""), Cancellation));
        Assert.Equal("'late' is no server group; write service-environment-vNNN, such as 'late-prod-v003'.", wrong.Message);
    }

    private static ActivityCall Call(string input, string key = Key) => new(7, Sample.Plan(Sample.Script("a")), "prod", key, Sample.Json(input), () => { });

    private static DeployCalendar Frozen(DateTimeOffset until) => new([], [new Freeze("quiet", Sample.Start.AddDays(-1), until, "Holidays")]);

    private Task<ActivityOutcome> DeployAsync(string more = "", CancellationToken? cancellation = null)
    {
        var gate = new DeployGate(new FixedWorkspace(() => new ProjectDefinition { Name = "sample", Environments = [new EnvironmentDefinition("prod") { Calendar = calendar }] }), time);
        var settings = more.Length > 0 ? more : ",\"release\":\"v002\",\"strategy\":\"canary\",\"traffic\":[\"5%\",\"100%\"]";
        return new RolloutActivity(rollouts, gate, time).RunAsync(Call($$"""{"key":"{{Key}}","environment":"prod","services":[],"user":"ann"{{settings}}}""", "7/prod/1/deploy-2"), cancellation ?? Cancellation);
    }

    private Task<ActivityOutcome> UndoAsync() => new UndoRolloutActivity(rollouts).RunAsync(Call($$"""{"key":"{{Key}}","user":"ann"}""", "7/prod/1/undo-1-restore"), Cancellation);
}
