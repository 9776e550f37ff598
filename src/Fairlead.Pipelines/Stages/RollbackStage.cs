using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

internal sealed class RollbackStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("rollback")!;

    public StageStep Next(StageProgress progress) => progress.State.Find("rollback") is { } back
        ? StageStep.Succeed(back.Output)
        : StageStep.Run("rollback", RollbackActivity.KindName, StageData.Object(
            ("environment", progress.Settings.Required("environment")), ("service", progress.Settings.Text("service")), ("to", progress.Settings.Text("to")), ("user", progress.Plan.Cause.By)));
}
