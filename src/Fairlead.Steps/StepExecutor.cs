using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Scheduling;

namespace Fairlead.Steps;

/// <summary>Gets a planned step done: reused when somebody else recorded it meanwhile, here or on another machine, otherwise executed when there is room for it.</summary>
/// <param name="exchange">Null: runs of other machines are not asked for.</param>
internal sealed class StepExecutor(StepCache cache, StepRunner runner, StepGates gates, IRunExchange? exchange)
{
    public int Window => gates.Window;

    /// <param name="invocation">Shares of the machine are fair between these.</param>
    public async Task<StepResult> ExecuteAsync(
        object invocation, StepPlanner planner, PlannedStep planned, SlotRequest request, RunContext context, CancellationToken cancellationToken)
    {
        // Off the caller's thread, which walks the graph.
        await Task.Yield();
        var step = planned.Step;
        // Of two invocations that need the same run, one executes it and the other finds it recorded.
        using var held = await gates.Keys.AcquireAsync($"{step.Family} {planned.Key.Digest}", cancellationToken);
        var answer = await cache.LookAsync(planned, cancellationToken);
        if (answer.Run is { } recorded)
            return Reused(recorded, answer.Reason);
        if (exchange is not null && await exchange.FindAsync(step.Family, planned.Key.Digest, id => runner.Begin(planned, id, context), cancellationToken) is { } adopted)
            return Reused(RunBrief.Of(adopted), $"computed elsewhere: {adopted.Origin}");
        using var slot = await gates.Executions.AcquireAsync(invocation, request, cancellationToken);
        if (context.Stop?.Step is { } failed)
            return new StepResult(step.Name, null, StepOutcome.Skipped, $"'{failed}' failed before");
        await planner.Sources.EnsureAsync(planned, cancellationToken);
        var run = await runner.ExecuteAsync(planned, answer.Reason, planner.Sources, context, cancellationToken);
        if (run.Status != RunStatus.Succeeded)
        {
            // While the slot is held, so that whoever gets it next knows.
            context.Stop?.Record(step.Name);
            return new StepResult(step.Name, RunBrief.Of(run), StepOutcome.Failed, run.Error!);
        }

        exchange?.Offer(run);
        return new StepResult(step.Name, RunBrief.Of(run), StepOutcome.Executed, answer.Reason);

        StepResult Reused(RunBrief run, string reason)
        {
            context.Events.Emit(new StepCached(run.Id, step.Name, reason));
            return new StepResult(step.Name, run, StepOutcome.Cached, reason);
        }
    }
}
