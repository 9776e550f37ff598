using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class ScaleStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("scale")!;

    public StageStep Next(StageProgress progress) => ServerGroupWork.Next(progress, ("environment", progress.Settings.Required("environment")), ("service", progress.Settings.Required("service")), ("instances", progress.Settings.Number("instances", 1)));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => ServerGroupWork.Undo(progress);
}
