using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class ReleaseStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("release")!;

    public StageStep Next(StageProgress progress) => progress.State.Find("make") is { } made
        ? StageStep.Succeed(made.Output)
        : StageStep.Run("make", "release", StageData.Object(("breakContract", progress.Settings.Flag("break-contract", false)), ("user", progress.Plan.Cause.By)));
}
