using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

/// <summary>What the stages that change server groups have in common: how the groups stand is recorded before anything is done to them, so that it can be undone.</summary>
internal static class ServerGroupWork
{
    private const string Look = "look";
    private const string Change = "change";

    /// <param name="settings">What the change is made of, beside its kind.</param>
    public static StageStep Next(StageProgress progress, params ReadOnlySpan<(string Name, object? Value)> settings)
    {
        var input = StageData.Object([("kind", progress.Definition.Kind), ("user", progress.Plan.Cause.By), .. settings]);
        if (HeldActivities.Find(progress, Look) is null)
            return HeldActivities.Next(progress, Look, ServerGroupLookActivity.KindName, input);
        return progress.State.Find(Change) is { } changed
            ? StageStep.Succeed(changed.Output)
            : StageStep.Run(Change, ServerGroupChangeActivity.KindName, input);
    }

    public static StageStep? Undo(StageProgress progress) => HeldActivities.Find(progress, Look) is not { Output: { } before } ? null
        : StageStep.Run("restore", ServerGroupRestoreActivity.KindName, StageData.Merge(before, StageData.Object(("user", progress.Plan.Cause.By))));
}
