using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class PipelineStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("pipeline")!;

    public StageStep Next(StageProgress progress) =>
        NestedPipeline.Next(progress, progress.Settings.Required("pipeline"), progress.Settings.Find("inputs") ?? StageData.Nothing) ?? StageStep.Succeed(NestedPipeline.Output(progress));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => wasInterrupted ? NestedPipeline.Cancel(progress) : null;
}
