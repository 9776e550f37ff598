using System.Text.Json;

namespace Fairlead.Pipelines.Stages;

/// <summary>What a stage does next; exactly one of the factories' cases.</summary>
public sealed record StageStep
{
    private StageStep(StageStepKind kind) => Kind = kind;

    public StageStepKind Kind { get; }

    /// <summary>For <see cref="StageStepKind.Run"/>: name and kind of the activity, and what it is given.</summary>
    public (string Name, string Kind, JsonElement Input) Activity { get; private init; }

    /// <summary>For waits: when the stage looks at itself again; null for when it is told something.</summary>
    public DateTimeOffset? Until { get; private init; }

    /// <summary>For waits: true when they do not count as time that the stage takes.</summary>
    public bool IsHeld { get; private init; }

    public string? Note { get; private init; }

    public JsonElement? Output { get; private init; }

    public string? Error { get; private init; }

    public bool IsRetryable { get; private init; }

    /// <summary>Carries out an activity, unless it was in this attempt.</summary>
    public static StageStep Run(string name, string kind, JsonElement input) => new(StageStepKind.Run) { Activity = (name, kind, input) };

    public static StageStep Wait(DateTimeOffset? until, string note) => new(StageStepKind.Wait) { Until = until, Note = note };

    /// <summary>Waits for what is not the stage's to hurry: its timeout begins anew with what it does next.</summary>
    public static StageStep Hold(DateTimeOffset until, string note) => new(StageStepKind.Wait) { Until = until, Note = note, IsHeld = true };

    /// <summary>Waits for people.</summary>
    public static StageStep Judge(DateTimeOffset? until, string note) => new(StageStepKind.Judge) { Until = until, Note = note };

    /// <param name="output">An object, or null for nothing.</param>
    public static StageStep Succeed(JsonElement? output) => new(StageStepKind.Succeed) { Output = output };

    /// <summary>There is nothing for the stage to do; what comes after it goes on, and its check is not asked.</summary>
    public static StageStep Skip(string note) => new(StageStepKind.Skip) { Note = note };

    public static StageStep Fail(string error, bool isRetryable = false) => new(StageStepKind.Fail) { Error = error, IsRetryable = isRetryable };
}
