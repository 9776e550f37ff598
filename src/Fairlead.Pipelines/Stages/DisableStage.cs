using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class DisableStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("disable")!;

    public StageStep Next(StageProgress progress) => ServerGroupWork.Next(progress, ("groups", progress.Settings.Texts("groups")));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => ServerGroupWork.Undo(progress);
}
