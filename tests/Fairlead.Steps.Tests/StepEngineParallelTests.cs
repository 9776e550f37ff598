using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineParallelTests
{
    [Fact]
    public async Task Run_OfIndependentSteps_RunsThemAtTheSameTime()
    {
        using var meeting = new TempFolder();
        // Each waits for the other: one after the other they would never end.
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a: { run: "mkfifo '{{meeting["f"]}}'; echo hello > '{{meeting["f"]}}'; echo 1 > out/x", outputs: [x], sandbox: none }
              b: { run: "while [ ! -p '{{meeting["f"]}}' ]; do :; done; cat '{{meeting["f"]}}' > out/x", outputs: [x], sandbox: none }
            """);
        await project.OutcomesAsync();
    }

    [Fact]
    public async Task Run_OfManySteps_NeverExceedsTheLimit()
    {
        using var project = new TestProject(
            $"project: tiny\nsteps:\n{string.Concat(Enumerable.Range(0, 12).Select(i => $"  s{i}: {{ run: echo {i} > out/x, outputs: [x] }}\n"))}",
            options => options with { Parallelism = 2 });
        await project.OutcomesAsync();
        var (running, most) = (0, 0);
        foreach (var stepEvent in project.Events)
        {
            running += stepEvent switch { StepStarted => 1, StepFinished => -1, _ => 0 };
            most = Math.Max(most, running);
        }

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Run_TwiceAtTheSameTime_ExecutesOnce()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: echo $FAIRLEAD_RUN > out/x, outputs: [x] }
              b: { run: cp in/x out/, inputs: { x: a/x }, outputs: [x] }
            """);
        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => project.RunAsync())));
        Assert.Equal(2, (await project.Catalog.ListAsync(step: null, 99, TestProject.Token)).Count);
        var outcomes = reports.SelectMany(report => report.Steps).Select(step => step.Outcome).ToArray();
        Assert.Equal((2, 14), (outcomes.Count(o => o == StepOutcome.Executed), outcomes.Count(o => o == StepOutcome.Cached)));
    }

    [Fact]
    public async Task Run_OfThreeHundredSteps_ExecutesAllInOrderAndThenNone()
    {
        var random = new Random(13);
        string Step(int i)
        {
            var needs = Enumerable.Range(0, i).Where(_ => random.Next(i) < 2).ToArray();
            var inputs = string.Join(", ", needs.Select(n => $"i{n}: s{n}/x"));
            return $"  s{i}: {{ run: 'cat in/* /dev/null > out/x; echo {i} >> out/x', {(needs.Length > 0 ? $"inputs: {{ {inputs} }}, " : "")}outputs: [x] }}\n";
        }

        using var project = new TestProject($"project: tiny\nsteps:\n{string.Concat(Enumerable.Range(0, 300).Select(Step))}");
        var report = await project.RunAsync();
        Assert.Equal(300, report.Steps.Count(step => step.Outcome == StepOutcome.Executed));
        var started = project.Events.OfType<StepStarted>().Select((e, index) => (e.Step, index)).ToDictionary(pair => pair.Step, pair => pair.index);
        foreach (var step in report.Steps)
            Assert.All((await project.RunOfAsync(step)).Inputs, input => Assert.True(started[input.Run!.Value.Step] < started[step.Step]));
        Assert.Equal(300, (await project.RunAsync()).Steps.Count(step => step.Outcome == StepOutcome.Cached));
        Assert.All(report.Steps, step => Assert.Equal(RunStatus.Succeeded, step.Run!.Status));
    }
}
