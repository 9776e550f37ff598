using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;

namespace Fairlead.Catalog.Tests.Conformance;

public abstract class ExecutionConformance : CatalogConformance
{
    private static readonly DateTimeOffset Start = new(2001, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Fact]
    public async Task Add_FindAfterRestart_GivesEverything()
    {
        var lease = await AddAsync(Plan("release") with { Parent = "1/a/1/start" });
        await Catalog.Executions.AppendAsync(Write(lease, ExecutionStatus.Running, Event(ExecutionEventKind.Admitted), Event(ExecutionEventKind.Paused)), Cancellation);
        await Catalog.ReopenAsync();
        var found = await Catalog.Executions.FindAsync(1, Cancellation);
        Assert.Equal((3, ExecutionStatus.Running, "release"), (found!.Version, found.State.Status, found.Plan.Pipeline));
        Assert.Equal("{\"for\":\"1m\"}", JsonSerializer.Serialize(found.Plan.Stages[0].Settings));
        var events = await Catalog.Executions.ListEventsAsync(1, 0, 10, Cancellation);
        Assert.Equal<ExecutionEventKind>([ExecutionEventKind.Created, ExecutionEventKind.Admitted, ExecutionEventKind.Paused], events.Select(one => one.Event.Kind));
        Assert.Equal<long>([2, 3], (await Catalog.Executions.ListEventsAsync(1, 1, 10, Cancellation)).Select(one => one.Sequence));
        Assert.Equal(1, await Catalog.Executions.FindByParentAsync("1/a/1/start", Cancellation));
    }

    [Fact]
    public async Task Add_WithTheSameParent_AddsNothing()
    {
        await AddAsync(Plan("release") with { Parent = "1/a/1/start" });
        var (number, lease) = await Catalog.Executions.AddAsync(Plan("release") with { Parent = "1/a/1/start" }, "me", Start, _ => Created(), Cancellation);
        Assert.Equal((1, null), (number, lease));
    }

    [Fact]
    public async Task Append_OfAnEarlierHolderOrVersion_IsRefused()
    {
        var first = await AddAsync(Plan("release"));
        var second = await Catalog.Executions.TryLeaseAsync(1, "other", Start.AddHours(3), Start.AddHours(2), _ => false, Cancellation);
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Executions.AppendAsync(Write(first, ExecutionStatus.Running, Event(ExecutionEventKind.Admitted)), Cancellation))).Kind);
        await Catalog.Executions.AppendAsync(Write(second!, ExecutionStatus.Running, Event(ExecutionEventKind.Admitted)), Cancellation);
        await Assert.ThrowsAsync<FairleadException>(() => Catalog.Executions.AppendAsync(Write(second!, ExecutionStatus.Running, Event(ExecutionEventKind.Paused)), Cancellation));
    }

    [Fact]
    public async Task Lease_IsTakenOnceItIsOver_OrItsOwnerIsGone()
    {
        await AddAsync(Plan("release"));
        Assert.Null(await Catalog.Executions.TryLeaseAsync(1, "other", Start.AddHours(2), Start.AddMinutes(59), _ => false, Cancellation));
        Assert.Empty(await Catalog.Executions.ListAbandonedAsync(Start.AddMinutes(59), _ => false, Cancellation));
        Assert.Equal<int>([1], await Catalog.Executions.ListAbandonedAsync(Start.AddMinutes(59), owner => owner == "me", Cancellation));
        Assert.NotNull(await Catalog.Executions.TryLeaseAsync(1, "other", Start.AddHours(2), Start, owner => owner == "me", Cancellation));
        Assert.Equal(2, (await Catalog.Executions.RenewAsync("other", Start.AddHours(9), Cancellation))[1]);
        Assert.Empty(await Catalog.Executions.RenewAsync("me", Start.AddHours(9), Cancellation));
        Assert.Null(await Catalog.Executions.TryLeaseAsync(1, "me", Start.AddHours(9), Start.AddHours(8), _ => false, Cancellation));
    }

    [Fact]
    public async Task Admit_ByLimitAndLocks_AllOrNone()
    {
        var limited = Plan("a") with { Locks = ["x"] };
        var (first, second, other) = (await AddAsync(limited), await AddAsync(limited), await AddAsync(Plan("b") with { Locks = ["x", "y"] }));
        Assert.Equal(AdmissionResult.Admitted, await AdmitAsync(first));
        Assert.Equal(AdmissionResult.Waiting, await AdmitAsync(second));
        Assert.Equal(AdmissionResult.Waiting, await AdmitAsync(other));
        Assert.Equal<int>([2, 3], (await Catalog.Executions.ListQueuedAsync(Cancellation)).Select(queued => queued.Number));
        await Catalog.Executions.AppendAsync(Write(Next(first), ExecutionStatus.Failed, Event(ExecutionEventKind.ForceEnded)), Cancellation);
        Assert.Equal(AdmissionResult.Admitted, await AdmitAsync(other));
        Assert.Equal(AdmissionResult.Waiting, await AdmitAsync(second));
    }

    [Fact]
    public async Task Admit_OfLatest_OlderOnesAreSuperseded()
    {
        var latest = Plan("a") with { Concurrency = PipelineConcurrency.Latest };
        var (first, second) = (await AddAsync(latest), await AddAsync(latest));
        Assert.Equal(AdmissionResult.Superseded, await AdmitAsync(first));
        Assert.Equal(AdmissionResult.Admitted, await AdmitAsync(second));
    }

    [Fact]
    public async Task Reopen_OnlyWhatHasEnded()
    {
        var lease = await AddAsync(Plan("a"));
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Executions.ReopenAsync(1, "me", Start, Cancellation))).Kind);
        await Catalog.Executions.AppendAsync(Write(lease, ExecutionStatus.Failed, Event(ExecutionEventKind.ForceEnded)), Cancellation);
        Assert.Equal(2, (await Catalog.Executions.ReopenAsync(1, "me", Start, Cancellation)).Fence);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => Catalog.Executions.ReopenAsync(9, "me", Start, Cancellation))).Kind);
    }

    [Fact]
    public async Task List_Filters_NewestFirst()
    {
        for (var i = 0; i < 6; i++)
        {
            var lease = await AddAsync(Plan(i % 2 == 0 ? "even" : "odd"));
            if (i < 3)
                await Catalog.Executions.AppendAsync(Write(lease, ExecutionStatus.Succeeded, Event(ExecutionEventKind.ForceEnded)), Cancellation);
        }

        await Catalog.Executions.SetStalledAsync(6, "stalled", Cancellation);
        Assert.Equal<int>([6, 5], await NumbersAsync(new ExecutionFilter { Limit = 2 }));
        Assert.Equal<int>([4, 3], await NumbersAsync(new ExecutionFilter { Limit = 2, Before = 5 }));
        Assert.Equal<int>([5, 3, 1], await NumbersAsync(new ExecutionFilter { Pipeline = "even" }));
        Assert.Equal<int>([6, 4], await NumbersAsync(new ExecutionFilter { Pipeline = "odd", IsOpen = true }));
        Assert.Equal("stalled", (await Catalog.Executions.ListAsync(new ExecutionFilter { Limit = 1 }, Cancellation))[0].Stalled);
    }

    [Fact]
    public async Task Posted_Requests_AreTakenOnceByTheHolder()
    {
        await AddAsync(Plan("a"));
        await Catalog.Executions.PostAsync(1, Event(ExecutionEventKind.CancelRequested) with { By = "bob" }, Cancellation);
        Assert.Empty(await Catalog.Executions.TakePostedAsync("other", Cancellation));
        Assert.Equal("bob", Assert.Single(await Catalog.Executions.TakePostedAsync("me", Cancellation)).Request.By);
        Assert.Empty(await Catalog.Executions.TakePostedAsync("me", Cancellation));
    }

    private static ExecutionPlan Plan(string pipeline) => new()
    {
        Pipeline = pipeline,
        Cause = new ExecutionCause("manual", "ann"),
        CreatedAt = Start,
        Inputs = new Dictionary<string, JsonElement>(),
        Concurrency = PipelineConcurrency.Queue,
        Locks = [],
        Stages = [new StageDefinition { Name = "a", Kind = "wait", Settings = JsonDocument.Parse("""{"for":"1m"}""").RootElement.Clone() }],
    };

    private static ExecutionEvent Event(ExecutionEventKind kind) => new(kind, Start);

    private static (ExecutionEvent Event, ExecutionState State) Created() => (Event(ExecutionEventKind.Created), State(ExecutionStatus.Queued));

    private static ExecutionState State(ExecutionStatus status) => new() { Status = status, Stages = [new StageState("a")], At = Start };

    private static ExecutionLease Next(ExecutionLease lease) => lease with { Execution = lease.Execution with { Version = lease.Execution.Version + 1 } };

    private static ExecutionWrite Write(ExecutionLease lease, ExecutionStatus status, params ExecutionEvent[] events) =>
        new(lease.Execution.Number, lease.Fence, lease.Execution.Version, events, ExecutionSummary.Of(lease.Execution.Number, lease.Execution.Plan, State(status)), State(status));

    private async Task<ExecutionLease> AddAsync(ExecutionPlan plan) => (await Catalog.Executions.AddAsync(plan, "me", Start.AddHours(1), _ => Created(), Cancellation)).Lease!;

    private Task<AdmissionResult> AdmitAsync(ExecutionLease lease) => Catalog.Executions.AdmitAsync(Write(lease, ExecutionStatus.Running, Event(ExecutionEventKind.Admitted)), lease.Execution.Plan, Cancellation);

    private async Task<List<int>> NumbersAsync(ExecutionFilter filter) => [.. (await Catalog.Executions.ListAsync(filter, Cancellation)).Select(summary => summary.Number)];
}
