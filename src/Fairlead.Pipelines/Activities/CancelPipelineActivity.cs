using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Driving;

namespace Fairlead.Pipelines.Activities;

/// <summary>Cancels the execution that an activity began, and waits until it is cleaned up.</summary>
internal sealed class CancelPipelineActivity(PipelineEngine engine) : IActivity
{
    public const string KindName = "cancelPipeline";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        if (await engine.FindByParentAsync(call.Input.GetProperty("parent").GetString()!, cancellationToken).ConfigureAwait(false) is not { } number)
            return ActivityOutcome.Empty;
        try
        {
            await engine.RequestAsync(number, ExecutionEventKind.CancelRequested, call.Plan.Cause.By, $"execution {call.Execution} was cancelled", null, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            // It has ended, or is being cancelled: waited for below.
        }

        for (var version = 0L; ;)
        {
            var execution = await engine.WaitAsync(number, version, cancellationToken).ConfigureAwait(false);
            call.Heartbeat();
            if (execution.State.IsEnded)
                return ActivityOutcome.Empty;
            version = execution.Version;
        }
    }
}
