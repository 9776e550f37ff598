using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class DestroyStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("destroy")!;

    public StageStep Next(StageProgress progress) => ServerGroupWork.Next(progress, ("groups", progress.Settings.Texts("groups")));
}
