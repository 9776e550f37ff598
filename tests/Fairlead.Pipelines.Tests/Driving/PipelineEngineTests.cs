using System.Text.Json;
using Fairlead.Catalog;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Driving;

namespace Fairlead.Pipelines.Tests.Driving;

public sealed class PipelineEngineTests : IAsyncLifetime
{
    private static readonly ExecutionCause Cause = new("manual", "ann");
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-pipelines-").FullName;
    private readonly SqliteCatalog catalog;
    private PipelineEngine? engine;

    public PipelineEngineTests() => catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        await catalog.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Queue_OneAfterTheOther_InOrder()
    {
        var held = new HeldActivity();
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a"))), held);
        var (first, second) = (await StartAsync("p"), await StartAsync("p"));
        await held.Begun(first);
        Assert.Equal(ExecutionStatus.Queued, (await engine!.FindAsync(second, Cancellation)).State.Status);
        held.Release(first);
        await held.Begun(second);
        held.Release(second);
        Assert.Equal(ExecutionStatus.Succeeded, (await engine!.EndAsync(second, Cancellation)).State.Status);
    }

    [Fact]
    public async Task Latest_OlderOnesThatWait_AreCancelled()
    {
        var held = new HeldActivity();
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a")) with { Concurrency = PipelineConcurrency.Latest }), held);
        var first = await StartAsync("p");
        await held.Begun(first);
        var (second, third) = (await StartAsync("p"), await StartAsync("p"));
        var superseded = await engine!.EndAsync(second, Cancellation);
        Assert.Equal("Cancelled by 'fairlead': a newer execution of the pipeline takes its place.", superseded.State.Reason);
        held.Release(first);
        held.Release(third);
        Assert.Equal(ExecutionStatus.Succeeded, (await engine!.EndAsync(third, Cancellation)).State.Status);
    }

    [Fact]
    public async Task Locks_AreHeldByOneExecution_OfWhicheverPipeline()
    {
        var held = new HeldActivity();
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a")) with { Locks = ["x", "y"] }, Sample.Pipeline("q", Sample.Script("a")) with { Locks = ["y", "z"] }), held);
        var first = await StartAsync("p");
        await held.Begun(first);
        var second = await StartAsync("q");
        await engine!.RunOnceAsync(Cancellation);
        Assert.Equal(ExecutionStatus.Queued, (await engine!.FindAsync(second, Cancellation)).State.Status);
        await engine!.RequestAsync(first, ExecutionEventKind.CancelRequested, "ann", null, null, Cancellation);
        await held.Begun(second);
        held.Release(second);
        await engine!.EndAsync(second, Cancellation);
    }

    [Fact]
    public async Task Requests_ForWhatHasEnded_AreRefused_AndARestartGoesOn()
    {
        var held = new HeldActivity { IsOpen = true };
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a"), Sample.Script("b", "a"))), held);
        var number = await StartAsync("p");
        await engine!.EndAsync(number, Cancellation);
        var refused = await Assert.ThrowsAsync<FairleadException>(() => engine!.RequestAsync(number, ExecutionEventKind.Paused, "ann", null, null, Cancellation));
        Assert.Equal(ProblemKind.Conflict, refused.Kind);
        await engine!.RequestAsync(number, ExecutionEventKind.RestartRequested, "ann", null, "b", Cancellation);
        var again = await engine!.WaitAsync(number, 0, Cancellation);
        while (!again.State.IsEnded || again.State.Find("b")!.Attempt < 2)
            again = await engine!.WaitAsync(number, again.Version, Cancellation);
        Assert.Equal((1, 2), (again.State.Find("a")!.Attempt, again.State.Find("b")!.Attempt));
    }

    /// <summary>Whoever sees the end may ask at once, while what drove it is still leaving.</summary>
    [Fact]
    public async Task Restart_AtTheMomentOfTheEnd_IsAccepted()
    {
        var held = new HeldActivity { IsOpen = true };
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a"))), held);
        for (var round = 0; round < 60; round++)
        {
            var number = await StartAsync("p");
            await engine!.EndAsync(number, Cancellation);
            await engine!.RequestAsync(number, ExecutionEventKind.RestartRequested, "ann", null, "a", Cancellation);
        }
    }

    [Fact]
    public async Task AnotherControlPlane_GetsRequests_ThroughTheCatalog()
    {
        var held = new HeldActivity();
        var project = Sample.Project(Sample.Pipeline("p", Sample.Script("a")));
        Open(project, held);
        var number = await StartAsync("p");
        await held.Begun(number);
        await using (var other = Engines.Create(catalog.Executions, project, new PipelineEngineOptions { Owner = "other" }, held))
        {
            await other.RequestAsync(number, ExecutionEventKind.CancelRequested, "bob", null, null, Cancellation);
            Assert.Equal(0, other.Driven);
            await engine!.RunOnceAsync(Cancellation);
        }

        Assert.Equal("Cancelled by 'bob'.", (await engine!.EndAsync(number, Cancellation)).State.Reason);
    }

    [Fact]
    public async Task Restarted_ControlPlane_GoesOnFromWhereItWas()
    {
        var held = new HeldActivity();
        var project = Sample.Project(Sample.Pipeline("p", Sample.Script("a")));
        Open(project, held);
        var number = await StartAsync("p");
        await held.Begun(number);
        await engine!.DisposeAsync();
        held.Release(number);
        Open(project, held);
        await engine!.RunOnceAsync(Cancellation);
        Assert.Equal(ExecutionStatus.Succeeded, (await engine!.EndAsync(number, Cancellation)).State.Status);
    }

    [Fact]
    public async Task Stalled_Activity_IsNamed()
    {
        var held = new HeldActivity();
        engine = Engines.Create(catalog.Executions, Sample.Project(Sample.Pipeline("p", Sample.Script("a"))), new PipelineEngineOptions { Owner = "me", StalledAfter = TimeSpan.Zero }, held);
        var number = await StartAsync("p");
        await held.Begun(number);
        await engine.RunOnceAsync(Cancellation);
        Assert.Contains("in activity 'run' of stage 'a'", (await catalog.Executions.ListAsync(new ExecutionFilter(), Cancellation))[0].Stalled, StringComparison.Ordinal);
        held.Release(number);
        await engine.EndAsync(number, Cancellation);
    }

    [Fact]
    public async Task Start_WithTheSameParent_GivesTheSameExecution()
    {
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a"))), new HeldActivity { IsOpen = true });
        var first = await engine!.StartAsync("p", NoInputs, Cause, "7/n/1/start", Cancellation);
        Assert.Equal(first, await engine!.StartAsync("p", NoInputs, Cause, "7/n/1/start", Cancellation));
        await engine!.EndAsync(first, Cancellation);
    }

    [Fact]
    public async Task AThousandAtOnce_AllEnd()
    {
        Open(Sample.Project(Sample.Pipeline("p", Sample.Script("a"), Sample.Script("b", "a")) with { Concurrency = PipelineConcurrency.Parallel(1000) }), new HeldActivity { IsOpen = true });
        var numbers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => StartAsync("p")));
        var ends = await Task.WhenAll(numbers.Select(number => engine!.EndAsync(number, Cancellation)));
        Assert.All(ends, end => Assert.Equal(ExecutionStatus.Succeeded, end.State.Status));
    }

    private static Dictionary<string, JsonElement> NoInputs => [];

    private void Open(ProjectDefinition project, IActivity activity) => engine = Engines.Create(catalog.Executions, project, $"engine {Guid.NewGuid()}", activity);

    private Task<int> StartAsync(string pipeline) => engine!.StartAsync(pipeline, NoInputs, Cause, null, Cancellation);
}
