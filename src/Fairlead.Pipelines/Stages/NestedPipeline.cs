using System.Text.Json;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Stages;

/// <summary>A stage that executes another pipeline and waits for its end.</summary>
internal static class NestedPipeline
{
    private const string Start = "start";
    private const string Wait = "wait";

    /// <param name="inputs">Of the pipeline, an object.</param>
    /// <returns>What to do next; null once it has ended well, when its output is that of <see cref="Output"/>.</returns>
    public static StageStep? Next(StageProgress progress, string pipeline, JsonElement inputs)
    {
        if (progress.State.Find(Start) is not { Output: { } started })
            return StageStep.Run(Start, StartPipelineActivity.KindName, StageData.Object(("pipeline", pipeline), ("inputs", inputs)));
        return progress.State.Find(Wait) is null ? StageStep.Run(Wait, AwaitPipelineActivity.KindName, started) : null;
    }

    public static JsonElement? Output(StageProgress progress) => progress.State.Find(Wait)!.Output;

    /// <summary>Cancels what was begun: that is found by the activity that began it, whether or not its end was recorded.</summary>
    public static StageStep Cancel(StageProgress progress) =>
        StageStep.Run("cancel", CancelPipelineActivity.KindName, StageData.Object(("parent", StageMachine.Key(progress.Number, progress.State, Start))));
}
