using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

internal sealed class ScriptStage : IStage
{
    public StageSchema Schema { get; } = StageSchemas.Find("script")!;

    public StageStep Next(StageProgress progress) => progress.State.Find("run") is { } ran
        ? StageStep.Succeed(ran.Output)
        : StageStep.Run("run", ScriptActivity.KindName, Order(progress, progress.Settings.Required("run")));

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) =>
        progress.Settings.Text("clean-up") is { } command ? StageStep.Run("clean-up", ScriptActivity.KindName, Order(progress, command)) : null;

    private static System.Text.Json.JsonElement Order(StageProgress progress, string command) => StageData.Object(
        ("run", command), ("code", progress.Settings.Texts("code")), ("env", progress.Settings.Map("env")), ("network", progress.Settings.Flag("network", false)));
}
