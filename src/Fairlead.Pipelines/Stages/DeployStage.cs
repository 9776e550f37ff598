using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Stages;

internal sealed class DeployStage : IStage
{
    private const string Activity = "deploy";

    public StageSchema Schema { get; } = StageSchemas.Find("deploy")!;

    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        return progress.State.Find(Activity) is { } deployed
            ? StageStep.Succeed(deployed.Output)
            : StageStep.Run(Activity, RolloutActivity.KindName, StageData.Object(
                ("environment", settings.Required("environment")),
                ("release", settings.Text("release") ?? progress.Earlier("release")),
                ("services", settings.Texts("services")),
                ("strategy", settings.Text("strategy")),
                ("traffic", settings.Find("traffic") is null ? null : settings.Texts("traffic")),
                ("each", settings.Text("each")),
                ("baseline", settings.Find("baseline")),
                ("analyse", settings.Find("analyse") is null ? null : settings.Texts("analyse")),
                ("user", progress.Plan.Cause.By)));
    }

    // The rollout is found by the activity that started it, whether or not its end was recorded.
    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => StageStep.Run(
        "restore", UndoRolloutActivity.KindName, StageData.Object(("key", StageMachine.Key(progress.Number, progress.State, Activity)), ("user", progress.Plan.Cause.By)));
}
