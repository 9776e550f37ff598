using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class ResizeStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("resize")!;

    public StageStep Next(StageProgress progress) => ServerGroupWork.Next(progress, ("groups", progress.Settings.Texts("groups")), ("instances", progress.Settings.Number("instances", 1)));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => ServerGroupWork.Undo(progress);
}
