using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Transitions;

namespace Fairlead.Pipelines.Stages;

internal sealed class DeployStage : IStage
{
    /// <summary>The strategy that is a pipeline.</summary>
    public const string Custom = "custom";
    private const string Activity = "deploy";

    public StageSchema Schema { get; } = StageSchemas.Find("deploy")!;

    public StageStep Next(StageProgress progress) =>
        IsCustom(progress) ? NextOfPipeline(progress)
        : HeldActivities.Find(progress, Activity) is { } deployed ? StageStep.Succeed(deployed.Output)
        : HeldActivities.Next(progress, Activity, RolloutActivity.KindName, Order(progress, progress.Settings));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) =>
        !IsCustom(progress) ? Restore(progress)
        : wasInterrupted ? NestedPipeline.Cancel(progress)
        : StageStep.Run("restore", RollbackActivity.KindName, StageData.Object(("environment", progress.Settings.Required("environment")), ("user", progress.Plan.Cause.By)));

    private static bool IsCustom(StageProgress progress) => progress.Settings.Text("strategy") == Custom;

    private static StageStep NextOfPipeline(StageProgress progress)
    {
        var settings = progress.Settings;
        if (settings.Text("pipeline") is not { } pipeline)
            return StageStep.Fail("The strategy 'custom' needs the pipeline that rolls out; add 'pipeline'.");
        var (environment, release) = (settings.Required("environment"), settings.Text("release") ?? progress.Earlier("release"));
        var services = settings.Texts("services");
        var inputs = StageData.Object(("environment", environment), ("release", release), ("services", services.Count == 0 ? null : string.Join(',', services)));
        return NestedPipeline.Next(progress, pipeline, inputs)
            ?? StageStep.Succeed(StageData.Merge(NestedPipeline.Output(progress) ?? StageData.Nothing, StageData.Object(("environment", environment), ("release", release))));
    }

    /// <summary>The rollout is found by the key that it was ordered with, whether or not its end was recorded.</summary>
    private static StageStep Restore(StageProgress progress) => StageStep.Run(
        "restore", UndoRolloutActivity.KindName, StageData.Object(("key", KeyOf(progress)), ("user", progress.Plan.Cause.By)));

    private static JsonElement Order(StageProgress progress, SettingValues settings) => StageData.Merge(
        StageData.Object(
            ("key", KeyOf(progress)),
            ("environment", settings.Required("environment")),
            ("release", settings.Text("release") ?? progress.Earlier("release")),
            ("services", settings.Texts("services")),
            ("user", progress.Plan.Cause.By)),
        StrategyOf(settings));

    /// <summary>Of the order, what says how.</summary>
    public static JsonElement StrategyOf(SettingValues settings) => StageData.Object(
        ("strategy", settings.Text("strategy")),
        ("traffic", settings.Find("traffic") is null ? null : settings.Texts("traffic")),
        ("each", settings.Text("each")),
        ("mirror", settings.Text("mirror")),
        ("baseline", settings.Find("baseline")),
        ("analyse", settings.Find("analyse") is null ? null : settings.Texts("analyse")));

    private static string KeyOf(StageProgress progress) => StageMachine.Key(progress.Number, progress.State, Activity);
}
