using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class WaitStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("wait")!;

    public StageStep Next(StageProgress progress)
    {
        var until = progress.State.AttemptStartedAt!.Value + progress.Settings.Duration("for")!.Value;
        return progress.Now >= until ? StageStep.Succeed(null) : StageStep.Wait(until, $"waits until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}");
    }
}
