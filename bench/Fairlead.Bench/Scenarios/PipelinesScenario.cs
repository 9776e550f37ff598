using System.Diagnostics;
using System.Text.Json;
using Fairlead.Bench.Results;
using Fairlead.Catalog;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Stages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Bench.Scenarios;

/// <summary>What executing costs beside what is executed: stages whose activity does nothing, each recorded on the disk before the next.</summary>
internal sealed class PipelinesScenario : IScenario
{
    private const int Stages = 20;
    private const int AtOnce = 1_000;
    private const int History = 10_000;

    public string Name => "pipelines";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-bench-pipelines-").FullName;
        try
        {
            await using var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
            var activity = new IdleActivity();
            await using var engine = new PipelineEngine(
                catalog.Executions, new NoWorkspace(), [activity], StageCatalog.Standard, new PipelineEngineOptions { Owner = "bench" }, TimeProvider.System, NullLogger<PipelineEngine>.Instance);
            var stage = new List<double>();
            var rate = new List<double>();
            var listing = new List<double>();
            for (var round = 0; round <= context.Options.Rounds; round++)
            {
                stage.Add(await TimeAsync(engine, 1, cancellationToken) / Stages * 1000);
                rate.Add(AtOnce * Stages / await TimeAsync(engine, AtOnce, cancellationToken));
            }

            await FillAsync(engine, cancellationToken);
            for (var round = 0; round <= context.Options.Rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                await catalog.Executions.ListAsync(new ExecutionFilter(), cancellationToken);
                listing.Add(clock.Elapsed.TotalMilliseconds);
            }

            var (memory, live) = await HoldAsync(catalog, engine, activity, context.Options.Rounds, cancellationToken);
            // The first of each finds nothing compiled.
            return
            [
                new Measure { Scenario = Name, What = $"a stage of a pipeline of {Stages}, durable", Unit = "ms", Value = Median.Of(stage.Skip(1)), Target = Target.AtMost(20) },
                new Measure { Scenario = Name, What = $"activities of {AtOnce:N0} executions at once, durable", Unit = "activities/s", Value = Median.Of(rate.Skip(1)), Target = Target.AtLeast(500) },
                new Measure { Scenario = Name, What = $"the newest 50 of {History:N0} executions and more", Unit = "ms", Value = Median.Of(listing.Skip(1)), Target = Target.AtMost(20) },
                new Measure { Scenario = Name, What = $"the same while {AtOnce:N0} are under way", Unit = "ms", Value = live, Target = Target.AtMost(20) },
                new Measure { Scenario = Name, What = $"live objects of each of {AtOnce:N0} that are under way", Unit = "KB", Value = memory },
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Many executions under way at the same moment, each at its first stage.</summary>
    /// <returns>Kilobytes of each, and milliseconds of a list of the newest.</returns>
    private static async Task<(double Memory, double Listing)> HoldAsync(SqliteCatalog catalog, PipelineEngine engine, IdleActivity activity, int rounds, CancellationToken cancellationToken)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        activity.Held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var executions = Enumerable.Range(0, AtOnce).Select(_ => ExecuteAsync(engine, Stages, cancellationToken)).ToList();
        while (activity.Waiting < AtOnce)
            await Task.Yield();
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e3 / AtOnce;
        var listing = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await catalog.Executions.ListAsync(new ExecutionFilter(), cancellationToken);
            listing.Add(clock.Elapsed.TotalMilliseconds);
        }

        activity.Held.SetResult();
        await Task.WhenAll(executions);
        return (memory, Median.Of(listing.Skip(1)));
    }

    private static async Task<double> TimeAsync(PipelineEngine engine, int executions, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, executions).Select(_ => ExecuteAsync(engine, Stages, cancellationToken)));
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task FillAsync(PipelineEngine engine, CancellationToken cancellationToken)
    {
        for (var begun = 0; begun < History; begun += AtOnce)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => ExecuteAsync(engine, 1, cancellationToken)));
    }

    private static async Task ExecuteAsync(PipelineEngine engine, int stages, CancellationToken cancellationToken)
    {
        var number = await engine.StartAsync(Plan(stages), cancellationToken);
        var execution = await engine.WaitAsync(number, 0, cancellationToken);
        while (!execution.State.IsEnded)
            execution = await engine.WaitAsync(number, execution.Version, cancellationToken);
        if (execution.State.Status != ExecutionStatus.Succeeded)
            throw new BenchException($"Execution {number} did not succeed: {execution.State.Reason}");
    }

    private static ExecutionPlan Plan(int stages)
    {
        using var settings = JsonDocument.Parse("""{"steps":"a"}""");
        return new ExecutionPlan
        {
            Pipeline = "bench",
            Cause = new ExecutionCause("manual", "bench"),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Inputs = new Dictionary<string, JsonElement>(),
            Concurrency = PipelineConcurrency.Parallel(AtOnce),
            Locks = [],
            Stages = [.. Enumerable.Range(0, stages).Select(i => new StageDefinition { Name = $"s{i}", Kind = "steps", Settings = settings.RootElement.Clone(), After = i == 0 ? [] : [$"s{i - 1}"] })],
        };
    }

    /// <summary>Does nothing, or waits until it may end.</summary>
    private sealed class IdleActivity : IActivity
    {
        private int waiting;

        public string Kind => "steps";

        public TaskCompletionSource? Held { get; set; }

        public int Waiting => Volatile.Read(ref waiting);

        public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
        {
            if (Held is { Task.IsCompleted: false } held)
            {
                Interlocked.Increment(ref waiting);
                await held.Task.WaitAsync(cancellationToken);
            }

            return ActivityOutcome.Empty;
        }
    }

    private sealed class NoWorkspace : IWorkspace
    {
        public string Root => "/";

        public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
