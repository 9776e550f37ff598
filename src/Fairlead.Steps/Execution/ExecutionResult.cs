using Fairlead.Steps.Execution.Limits;

namespace Fairlead.Steps.Execution;

/// <param name="LastLines">The end of the log.</param>
internal sealed record ExecutionResult(ExecutionEnd End, ProcessExit Exit, IReadOnlyList<string> LastLines)
{
    /// <summary>The limit that it met, or null.</summary>
    public LimitBreach? Breach { get; init; }

    /// <summary>How its limits were enforced; null when it had none.</summary>
    public string? Limits { get; init; }
}
