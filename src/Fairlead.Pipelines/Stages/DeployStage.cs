using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Stages;

internal sealed class DeployStage : IStage
{
    private const string Activity = "deploy";

    public StageSchema Schema { get; } = StageSchemas.Find("deploy")!;

    public StageStep Next(StageProgress progress) => HeldActivities.Find(progress, Activity) is { } deployed
        ? StageStep.Succeed(deployed.Output)
        : HeldActivities.Next(progress, Activity, RolloutActivity.KindName, Order(progress, progress.Settings));

    // The rollout is found by the key that it was ordered with, whether or not its end was recorded.
    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => StageStep.Run(
        "restore", UndoRolloutActivity.KindName, StageData.Object(("key", KeyOf(progress)), ("user", progress.Plan.Cause.By)));

    private static JsonElement Order(StageProgress progress, SettingValues settings) => StageData.Object(
        ("key", KeyOf(progress)),
        ("environment", settings.Required("environment")),
        ("release", settings.Text("release") ?? progress.Earlier("release")),
        ("services", settings.Texts("services")),
        ("strategy", settings.Text("strategy")),
        ("traffic", settings.Find("traffic") is null ? null : settings.Texts("traffic")),
        ("each", settings.Text("each")),
        ("baseline", settings.Find("baseline")),
        ("analyse", settings.Find("analyse") is null ? null : settings.Texts("analyse")),
        ("user", progress.Plan.Cause.By));

    private static string KeyOf(StageProgress progress) => StageMachine.Key(progress.Number, progress.State, Activity);
}
