using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

internal sealed class NotifyStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("notify")!;

    public StageStep Next(StageProgress progress) => progress.State.Find("tell") is { } told
        ? StageStep.Succeed(told.Output)
        : StageStep.Run("tell", NotifyActivity.KindName, StageData.Object(("message", progress.Settings.Required("message")), ("to", progress.Settings.Texts("to"))));
}
