using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class CutoverStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("cutover")!;

    public StageStep Next(StageProgress progress) => ServerGroupWork.Next(progress, ("groups", progress.Settings.Texts("groups")));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => ServerGroupWork.Undo(progress);
}
