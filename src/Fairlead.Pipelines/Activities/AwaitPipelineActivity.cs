using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Waits for the end of an execution that another one began.</summary>
internal sealed class AwaitPipelineActivity(PipelineEngine engine) : IActivity
{
    public const string KindName = "awaitPipeline";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var number = call.Input.GetProperty("execution").GetInt32();
        for (var version = 0L; ;)
        {
            var execution = await engine.WaitAsync(number, version, cancellationToken).ConfigureAwait(false);
            call.Heartbeat();
            version = execution.Version;
            if (!execution.State.IsEnded)
                continue;
            var status = execution.State.Status.ToString().ToLowerInvariant();
            return execution.State.Status == ExecutionStatus.Succeeded
                ? ActivityOutcome.Succeeded(StageData.Object(("execution", number), ("status", status), ("stages", StageData.Of(execution.Plan, execution.State).GetProperty("stages"))))
                : ActivityOutcome.Failed($"Execution {number} of '{execution.Plan.Pipeline}' {(status == "failed" ? "failed" : "was cancelled")}: {execution.State.Reason}");
        }
    }
}
