using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Transitions;
using Fairlead.Testing;

namespace Fairlead.Pipelines.Tests.Transitions;

public sealed class RandomEventTests
{
    private const string Output = """{"holds":true,"execution":2,"live":[]}""";

    /// <summary>Seeds that found something, each once: a stage that was undone, restarted, and undone again before it began.</summary>
    private static readonly int[] Found = [50_885];

    [Fact]
    public void RandomEvents_InAnyState_KeepEveryPromise()
    {
        foreach (var seed in Found.Concat(Enumerable.Range(0, Campaign.Rounds(5_000, 100_000))))
        {
            var random = new Random(seed);
            var machine = new Machine(RandomPlan.Create(random), isAdmitted: false);
            var begun = new HashSet<string>();
            for (var i = random.Next(5, 40); i > 0; i--)
                Step(machine, Random(machine, random), begun, seed);
            DriveToTheEnd(machine, begun, seed);
        }
    }

    private static void Step(Machine machine, ExecutionEvent happened, HashSet<string> begun, int seed)
    {
        var (before, running) = (machine.State, machine.Running);
        var refused = machine.Refuse(happened);
        machine.Apply(happened);
        Assert.True(refused is null || ReferenceEquals(before, machine.State), $"Seed {seed}: a refused event changed something.");
        foreach (var key in machine.Running.Except(running))
            Assert.True(begun.Add(key), $"Seed {seed}: '{key}' began twice.");
        foreach (var stage in machine.State.Stages.Where(stage => stage.Attempt > before.Find(stage.Name)!.Attempt))
        {
            var early = machine.Plan.Stages.Single(definition => definition.Name == stage.Name).After.Where(name => !IsPassed(machine, name));
            Assert.True(!early.Any(), $"Seed {seed}: '{stage.Name}' began before '{early.FirstOrDefault()}' was done.");
        }

        Assert.True(machine.Running.Count == machine.Running.Distinct().Count(), $"Seed {seed}: a key runs twice.");
        Assert.True(IsLedOn(machine.State), $"Seed {seed}: nothing leads on: {machine.Json()}");
        if (machine.State.IsEnded)
            Assert.True(machine.Running.Count == 0 && ExecutionMachine.NextTime(machine.State) is null && machine.State.Stages.All(stage => stage.IsSettled), $"Seed {seed}: it ended and goes on: {machine.Json()}");
        if (seed % 50 == 0)
            AssertKept(machine, seed);
    }

    /// <summary>What another process reads is what was written, and goes on the same.</summary>
    private static void AssertKept(Machine machine, int seed)
    {
        var written = machine.Json();
        machine.State = JsonSerializer.Deserialize(written, PipelineJson.Default.ExecutionState)!;
        Assert.True(written == machine.Json(), $"Seed {seed}: the record is not what was written.");
    }

    private static bool IsPassed(Machine machine, string stage) => machine.State.Find(stage)!.Status switch
    {
        StageStatus.Succeeded or StageStatus.Skipped => true,
        StageStatus.Failed => machine.Plan.Stages.Single(definition => definition.Name == stage).OnFailure == StageFailurePolicy.Continue,
        _ => false,
    };

    private static bool IsLedOn(ExecutionState state) =>
        state.IsEnded || state.Status == ExecutionStatus.Queued || state.IsPaused || ExecutionMachine.Activities(state).Any() || ExecutionMachine.NextTime(state) is not null
        || state.Stages.Any(stage => stage.Status == StageStatus.Judging);

    private static ExecutionEvent Random(Machine machine, Random random)
    {
        machine.Now += TimeSpan.FromSeconds(random.Next(20) switch { 0 => -random.Next(100), 1 => random.Next(1000), var few => few });
        var stage = $"s{random.Next(7)}";
        var running = machine.Running;
        var key = running.Count > 0 && random.Next(10) > 0 ? running[random.Next(running.Count)] : $"1/{stage}/1/run";
        return random.Next(22) switch
        {
            0 => new(ExecutionEventKind.Paused, machine.Now),
            1 or 2 => new(ExecutionEventKind.Resumed, machine.Now),
            3 when random.Next(3) == 0 => new(ExecutionEventKind.CancelRequested, machine.Now) { By = "ann" },
            4 => new(ExecutionEventKind.RestartRequested, machine.Now) { Stage = stage },
            5 when random.Next(5) == 0 => new(ExecutionEventKind.ForceEnded, machine.Now) { By = "ann" },
            6 or 7 => machine.Judgment(stage, random.Next(4) == 0 ? "reject" : "approve", random.Next(2) == 0 ? "bob" : "eve"),
            8 => new(ExecutionEventKind.Signalled, machine.Now) { Stage = stage, Signal = "callback", Data = Sample.Json("""{"ok":true}""") },
            9 or 10 => new(ExecutionEventKind.ActivityFinished, machine.Now) { Key = key, Error = "It broke.", IsRetryable = random.Next(2) == 0 },
            11 => new(ExecutionEventKind.ActivityFinished, machine.Now) { Key = key, Data = Sample.Json("""{"holds":false}""") },
            12 or 13 => new(ExecutionEventKind.TimeReached, Due(machine)),
            14 => new(ExecutionEventKind.TimeReached, machine.Now),
            15 or 16 => new(ExecutionEventKind.Admitted, machine.Now),
            _ => new(ExecutionEventKind.ActivityFinished, machine.Now) { Key = key, Data = Sample.Json(Output) },
        };
    }

    private static DateTimeOffset Due(Machine machine)
    {
        if (ExecutionMachine.NextTime(machine.State) is { } due && due > machine.Now)
            machine.Now = due;
        return machine.Now;
    }

    private static void DriveToTheEnd(Machine machine, HashSet<string> begun, int seed)
    {
        for (var i = 0; i < 1000 && !machine.State.IsEnded; i++)
        {
            var judging = machine.State.Stages.FirstOrDefault(stage => stage.Status == StageStatus.Judging)?.Name;
            Step(
                machine,
                machine.State.Status == ExecutionStatus.Queued ? new(ExecutionEventKind.Admitted, machine.Now)
                : machine.State.IsPaused ? new(ExecutionEventKind.Resumed, machine.Now)
                : machine.Running.Count > 0 ? new(ExecutionEventKind.ActivityFinished, machine.Now) { Key = machine.Running[0], Data = Sample.Json(Output) }
                : judging is not null ? machine.Judgment(judging, "approve", $"judge{i}")
                : new ExecutionEvent(ExecutionEventKind.TimeReached, Due(machine)),
                begun,
                seed);
        }

        Assert.True(machine.State.IsEnded, $"Seed {seed}: it never ends: {machine.Json()}");
    }
}
