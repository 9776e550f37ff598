using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Begins an execution of another pipeline, once for each key.</summary>
internal sealed class StartPipelineActivity(PipelineEngine engine) : IActivity
{
    public const string KindName = "startPipeline";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var pipeline = call.Input.GetProperty("pipeline").GetString()!;
        var inputs = call.Input.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        var cause = new ExecutionCause("pipeline", call.Plan.Cause.By, $"Stage '{call.Stage}' of execution {call.Execution}.");
        var order = new ExecutionOrder { Pipeline = pipeline, Inputs = inputs, Cause = cause, Parent = call.Key, Commit = call.Plan.IsPinned ? call.Plan.Commit : null };
        var number = await engine.StartAsync(order, cancellationToken).ConfigureAwait(false);
        return ActivityOutcome.Succeeded(StageData.Object(("execution", number)));
    }
}
