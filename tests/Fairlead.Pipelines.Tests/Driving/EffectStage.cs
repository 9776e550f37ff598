using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>Two effects one after the other; undone by a third.</summary>
internal sealed class EffectStage : IStage
{
    public StageSchema Schema { get; } = new("effect", "Leaves its keys on the disk.")
    {
        Settings = [new("fails", SettingType.Integer, "How many attempts fail.")],
        Example = "a: { effect: { } }",
    };

    public StageStep Next(StageProgress progress)
    {
        var fails = progress.Settings.Number("fails", 0);
        return progress.State.Find("first") is null ? StageStep.Run("first", "effect", StageData.Object(("fails", false)))
            : progress.State.Find("second") is not { } second ? StageStep.Run("second", "effect", StageData.Object(("fails", progress.State.Attempt <= fails)))
            : StageStep.Succeed(second.Output);
    }

    public StageStep? Undo(StageProgress progress, bool wasInterrupted) => StageStep.Run("undo", "effect", StageData.Object(("fails", false)));
}
