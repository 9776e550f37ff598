using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class StepsStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("steps")!;

    public StageStep Next(StageProgress progress) => progress.State.Find("run") is { } ran
        ? StageStep.Succeed(ran.Output)
        : StageStep.Run("run", "steps", StageData.Object(("steps", progress.Settings.Texts("steps")), ("keepGoing", progress.Settings.Flag("keep-going", true)), ("user", progress.Plan.Cause.By)));
}
