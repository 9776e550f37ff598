using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

/// <summary>
/// A kind of stage: it looks at how far it came and says what it does next. It is pure: no clock, no randomness, no effect, so that looking twice gives
/// the same; what it does to the world are the activities that it asks for.
/// </summary>
public interface IStage
{
    StageSchema Schema { get; }

    StageStep Next(StageProgress progress);

    /// <summary>How to undo what the stage did, as far as it came: a <see cref="StageStepKind.Run"/>, or null when there is nothing to undo.</summary>
    /// <param name="wasInterrupted">True when it was cancelled in the middle, false when all is undone after a failure.</param>
    StageStep? Undo(StageProgress progress, bool wasInterrupted) => null;

    /// <summary>Why a signal is not accepted, or null.</summary>
    string? Refuse(StageProgress progress, string signal, string by, System.Text.Json.JsonElement data) => $"The stage '{progress.Definition.Name}' waits for no {signal}.";
}
