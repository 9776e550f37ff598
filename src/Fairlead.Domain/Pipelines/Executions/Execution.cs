namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>One run of a pipeline, as it is recorded.</summary>
/// <param name="Number">From 1, over all pipelines.</param>
/// <param name="Version">How many events made its state.</param>
public sealed record Execution(int Number, long Version, ExecutionPlan Plan, ExecutionState State)
{
    /// <summary>Which activity gave no sign of life for long; null when none.</summary>
    public string? Stalled { get; init; }
}
