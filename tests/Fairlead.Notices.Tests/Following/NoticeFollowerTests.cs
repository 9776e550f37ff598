using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scheduling;
using Fairlead.Domain.Serialization;

namespace Fairlead.Notices.Tests.Following;

public sealed class NoticeFollowerTests : IAsyncDisposable
{
    private readonly Bench bench = new();
    private ExecutionLease? lease;

    public NoticeFollowerTests() => bench.Project.Notify = new NotifyDefinition
    {
        Url = "https://fairlead.example.com/",
        Channels = [new TeamsDefinition { Name = "team", Url = "env:T" }],
        Rules = [new NoticeRule { On = NoticeEvents.Words, To = ["team"] }],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task RunOnce_AnExecution_TellsItsBeginningEachEndAndNothingTwice()
    {
        await StartAsync();
        Assert.Equal(1, await FollowAsync());
        await WriteAsync(ExecutionStatus.Running, Stage("build", StageStatus.Succeeded), Stage("go", StageStatus.Running));
        Assert.Equal(0, await FollowAsync());
        await WriteAsync(ExecutionStatus.Failed, Stage("build", StageStatus.Succeeded), Stage("go", StageStatus.Failed) with { Error = "it broke" });

        await FollowAsync();
        Assert.Equal(0, await FollowAsync());

        Assert.Equal(["execution.started", "stage.failed", "execution.failed"], await EventsAsync());
        var failed = (await bench.ListAsync()).Single(notice => notice.Event == NoticeEvents.StageFailed);
        Assert.Equal(("ship 1: 'go' failed", "it broke", "https://fairlead.example.com/executions/1"), (failed.Content.Title, failed.Content.Fields[NoticeFields.Message], failed.Content.Link));
        Assert.Equal("prod", failed.Content.Fields[NoticeFields.Environment]);
    }

    [Fact]
    public async Task RunOnce_AfterManySteps_MissesNothingThatLasts()
    {
        await StartAsync();
        await WriteAsync(ExecutionStatus.Running, Stage("build", StageStatus.Failed), Stage("go", StageStatus.Running));
        await WriteAsync(ExecutionStatus.Succeeded, Stage("build", StageStatus.Failed), Stage("go", StageStatus.Succeeded) with
        {
            Signals = [new StageSignal("judgment", bench.Time.GetUtcNow(), "maya", JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["choice"] = "approve", ["comment"] = "looks right" }))],
        });

        await FollowAsync();

        Assert.Equal(["execution.started", "stage.failed", "judgment.decided", "execution.succeeded"], await EventsAsync());
        Assert.Equal("maya: approve - looks right", (await bench.ListAsync()).Single(notice => notice.Event == NoticeEvents.JudgmentDecided).Content.Fields[NoticeFields.Message]);
    }

    [Fact]
    public async Task RunOnce_AnExecutionThatWasRestartedAndFailsAgain_TellsTheSecondEnd()
    {
        await StartAsync();
        await WriteAsync(ExecutionStatus.Failed, Stage("build", StageStatus.Failed));
        await FollowAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        lease = await bench.Catalog.Executions.ReopenAsync(1, "me", bench.Time.GetUtcNow().AddHours(1), Token);
        await WriteAsync(ExecutionStatus.Running, Stage("build", StageStatus.Running));
        await FollowAsync();
        await WriteAsync(ExecutionStatus.Failed, Stage("build", StageStatus.Failed));

        await FollowAsync();

        Assert.Equal(["execution.started", "stage.failed", "execution.failed", "stage.failed", "execution.failed"], await EventsAsync());
    }

    [Fact]
    public async Task RunOnce_AnExecutionThatIsStuck_NamesTheActivity()
    {
        await StartAsync();
        await bench.Catalog.Executions.SetStalledAsync(1, "1/go/1/rollout", Token);

        await FollowAsync();

        Assert.Contains("1/go/1/rollout", (await bench.ListAsync()).Single(notice => notice.Event == NoticeEvents.ExecutionStuck).Content.Fields[NoticeFields.Message]);
    }

    [Fact]
    public async Task RunOnce_WhileTheFileIsBrokenFromTheBeginning_LosesNothing()
    {
        await StartAsync();
        bench.Project.IsBroken = true;
        await Assert.ThrowsAnyAsync<Exception>(FollowAsync);
        Assert.Empty(await bench.ListAsync());

        bench.Project.IsBroken = false;
        await FollowAsync();

        Assert.Equal(["execution.started"], await EventsAsync());
    }

    [Fact]
    public async Task RunOnce_ARollout_TellsItsBeginningStepsAndEnd()
    {
        var rollout = Rollout();
        await bench.Catalog.Records.AddAsync(RecordKind.Rollout, "k", "active", bench.Time.GetUtcNow(), number => Write(rollout = rollout with { Number = number }), Token);
        await FollowAsync();
        await PutAsync(rollout = rollout with { Step = 1, History = [new RolloutEntry(bench.Time.GetUtcNow(), "Half of the traffic.", null)] });
        await FollowAsync();
        await PutAsync(rollout with { Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Aborted, Reason = "ann ended it.", EndedAt = bench.Time.GetUtcNow() });
        await FollowAsync();

        Assert.Equal(["rollout.started", "rollout.step", "rollout.aborted"], await EventsAsync());
        var notices = await bench.ListAsync();
        Assert.Equal("Blue-green deployment of release v003 to 'prod' was aborted", notices[0].Content.Title);
        Assert.Equal("Half of the traffic.", notices[1].Content.Fields[NoticeFields.Message]);
    }

    [Fact]
    public async Task RunOnce_ARollbackThatIsDone_SaysSo()
    {
        var rollback = Rollout() with { Kind = RolloutKind.Rollback, Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Succeeded, EndedAt = bench.Time.GetUtcNow() };
        await bench.Catalog.Records.AddAsync(RecordKind.Rollout, "k", "succeeded", bench.Time.GetUtcNow(), number => Write(rollback with { Number = number }), Token);

        await FollowAsync();

        Assert.Equal(["rollout.started", "rollout.rolled-back"], await EventsAsync());
    }

    [Fact]
    public async Task RunOnce_AnAdminsChange_IsToldOnce()
    {
        var began = await bench.Catalog.Audit.AppendAsync(new AuditDraft { Who = "ann", Via = "cli", What = "user.change", Target = "/api/users/ben", Phase = AuditPhase.Began }, Token);
        await bench.Catalog.Audit.AppendAsync(new AuditDraft { Who = "ann", Via = "cli", What = "user.changed", Target = "ben", Detail = "operator@prod", Cause = began.Number }, Token);
        await bench.Catalog.Audit.AppendAsync(new AuditDraft { Who = "ann", Via = "cli", What = "user.change", Target = "/api/users/ben", Cause = began.Number }, Token);
        await bench.Catalog.Audit.AppendAsync(new AuditDraft { Who = "ann", Via = "cli", What = "run.start", Target = "x" }, Token);

        Assert.Equal(1, await FollowAsync());

        Assert.Equal("ann did user.changed to ben by cli: operator@prod", (await bench.ListAsync())[0].Content.Fields[NoticeFields.Message]);
    }

    [Fact]
    public async Task RunOnce_AFreeze_TellsItsBeginningAndEnd()
    {
        var now = bench.Time.GetUtcNow();
        bench.Project.Environments = [new EnvironmentDefinition("prod") { Calendar = new DeployCalendar([], [new Freeze("sale", now.AddHours(1), now.AddHours(3), "the sale")]) }];
        await FollowAsync();
        Assert.Empty(await EventsAsync());
        bench.Time.Advance(TimeSpan.FromHours(2));
        await FollowAsync();
        await FollowAsync();
        bench.Time.Advance(TimeSpan.FromHours(2));
        await FollowAsync();

        Assert.Equal(["freeze.begun", "freeze.ended"], await EventsAsync());
        Assert.Equal("Nothing is deployed to prod until 2026-03-02 12:00 UTC: the sale", (await bench.ListAsync())[1].Content.Fields[NoticeFields.Message]);
    }

    private async Task<int> FollowAsync() => await bench.Follower.RunOnceAsync(Token);

    private async Task<IEnumerable<string>> EventsAsync() => (await bench.ListAsync()).Select(notice => notice.Event).Reverse();

    private async Task StartAsync()
    {
        var plan = new ExecutionPlan
        {
            Pipeline = "ship",
            Cause = new ExecutionCause("manual", "ann"),
            CreatedAt = bench.Time.GetUtcNow(),
            Inputs = new Dictionary<string, JsonElement>(),
            Concurrency = PipelineConcurrency.Queue,
            Locks = [],
            Stages = [new StageDefinition { Name = "build", Kind = "script", Settings = Json("{}") }, new StageDefinition { Name = "go", Kind = "deploy", Settings = Json("""{"environment":"prod"}""") }],
        };
        var state = State(ExecutionStatus.Running, Stage("build", StageStatus.Running));
        (_, lease) = await bench.Catalog.Executions.AddAsync(plan, "me", bench.Time.GetUtcNow().AddHours(1), _ => (new ExecutionEvent(ExecutionEventKind.Created, bench.Time.GetUtcNow()), state), Token);
    }

    private async Task WriteAsync(ExecutionStatus status, params StageState[] stages)
    {
        var state = State(status, stages);
        var execution = lease!.Execution;
        await bench.Catalog.Executions.AppendAsync(
            new ExecutionWrite(1, lease.Fence, execution.Version, [new ExecutionEvent(ExecutionEventKind.TimeReached, bench.Time.GetUtcNow())], ExecutionSummary.Of(1, execution.Plan, state), state), Token);
        lease = lease with { Execution = execution with { Version = execution.Version + 1, State = state } };
    }

    private ExecutionState State(ExecutionStatus status, params StageState[] stages) => new()
    {
        Status = status,
        Stages = stages,
        At = bench.Time.GetUtcNow(),
        StartedAt = bench.Time.GetUtcNow(),
        FinishedAt = status is ExecutionStatus.Succeeded or ExecutionStatus.Failed ? bench.Time.GetUtcNow() : null,
    };

    private StageState Stage(string name, StageStatus status) => new(name) { Status = status, FinishedAt = status is StageStatus.Succeeded or StageStatus.Failed ? bench.Time.GetUtcNow() : null };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private Rollout Rollout() => new()
    {
        Number = 1, Key = "k", Kind = RolloutKind.Deployment, Environment = "prod", Release = ReleaseName.Parse("v003"), Strategy = new Strategy { Kind = StrategyKind.BlueGreen }, Targets = [], Steps = [], Phase = RolloutPhase.Creating,
        StartedAt = bench.Time.GetUtcNow(), StartedBy = "ann",
    };

    private Task PutAsync(Rollout rollout) => bench.Catalog.Records.UpdateAsync(RecordKind.Rollout, rollout.Number, "active", Write(rollout), Token);

    private static string Write(Rollout rollout) => JsonSerializer.Serialize(rollout, DomainJson.Default.Rollout);
}
