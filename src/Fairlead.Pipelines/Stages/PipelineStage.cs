using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Stages;

internal sealed class PipelineStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("pipeline")!;

    public StageStep Next(StageProgress progress)
    {
        if (progress.State.Find("start") is not { Output: { } started })
            return StageStep.Run("start", StartPipelineActivity.KindName, StageData.Object(("pipeline", progress.Settings.Required("pipeline")), ("inputs", progress.Settings.Find("inputs") ?? StageData.Nothing)));
        return progress.State.Find("wait") is { } ended
            ? StageStep.Succeed(ended.Output)
            : StageStep.Run("wait", AwaitPipelineActivity.KindName, started);
    }

    // What was begun is found by the activity that began it, whether or not its end was recorded.
    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => !wasInterrupted ? null
        : StageStep.Run("cancel", CancelPipelineActivity.KindName, StageData.Object(("parent", StageMachine.Key(progress.Number, progress.State, "start"))));
}
