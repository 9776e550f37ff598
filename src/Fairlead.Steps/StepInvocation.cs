using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Graph;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps;

/// <summary>One passage through the graph: each step begins when those that it needs have ended.</summary>
internal sealed class StepInvocation(StepPlanner planner, StepCache cache, StepRunner runner, StepGates gates, RunContext context, bool keepGoing)
{
    private readonly Dictionary<string, Task<StepResult>> results = new(StringComparer.Ordinal);
    private volatile string? firstFailure;

    /// <param name="steps">Each after what it needs.</param>
    /// <returns>In the same order.</returns>
    public async Task<IReadOnlyList<StepResult>> RunAsync(IReadOnlyList<StepDefinition> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            var needed = StepGraph.NeededBy(step).Select(name => results[name]).ToArray();
            results.Add(step.Name, RunStepAsync(step, needed, cancellationToken));
        }

        return await Task.WhenAll(steps.Select(step => results[step.Name]));
    }

    private async Task<StepResult> RunStepAsync(StepDefinition step, Task<StepResult>[] needed, CancellationToken cancellationToken)
    {
        var sources = (await Task.WhenAll(needed)).ToDictionary(result => result.Step, StringComparer.Ordinal);
        if (sources.Values.FirstOrDefault(IsBroken) is { } broken)
            return Skipped(step, broken.Outcome == StepOutcome.Failed ? $"'{broken.Step}' failed" : $"'{broken.Step}' was skipped");
        var planned = planner.Plan(step, name => sources[name].Run!);
        // Of two invocations that need the same run, one executes it and the other finds it recorded.
        using var held = await gates.Keys.AcquireAsync($"{step.Family} {planned.Key.Digest}", cancellationToken);
        var answer = await LookAsync(planned, cancellationToken);
        if (answer.Run is { } recorded)
        {
            context.Events.Emit(new StepCached(recorded, answer.Reason));
            return new StepResult(step.Name, recorded, StepOutcome.Cached, answer.Reason);
        }

        return await ExecuteAsync(planned, answer.Reason, cancellationToken);
    }

    private async Task<CacheAnswer> LookAsync(PlannedStep planned, CancellationToken cancellationToken)
    {
        await gates.Lookups.WaitAsync(cancellationToken);
        try
        {
            return await cache.LookAsync(planned, cancellationToken);
        }
        finally
        {
            gates.Lookups.Release();
        }
    }

    private async Task<StepResult> ExecuteAsync(PlannedStep planned, string reason, CancellationToken cancellationToken)
    {
        await gates.Executions.WaitAsync(cancellationToken);
        try
        {
            if (!keepGoing && firstFailure is { } failed)
                return Skipped(planned.Step, $"'{failed}' failed before");
            var run = await runner.ExecuteAsync(planned, reason, planner.Sources, context, cancellationToken);
            if (run.Status == RunStatus.Succeeded)
                return new StepResult(planned.Step.Name, run, StepOutcome.Executed, reason);
            firstFailure ??= planned.Step.Name;
            return new StepResult(planned.Step.Name, run, StepOutcome.Failed, run.Error!);
        }
        finally
        {
            gates.Executions.Release();
        }
    }

    private static bool IsBroken(StepResult result) => result.Outcome is StepOutcome.Failed or StepOutcome.Skipped;

    private static StepResult Skipped(StepDefinition step, string reason) => new(step.Name, Run: null, StepOutcome.Skipped, reason);
}
