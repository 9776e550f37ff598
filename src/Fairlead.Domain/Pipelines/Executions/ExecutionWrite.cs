namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>One step of an execution: events and the state that they made.</summary>
/// <param name="Fence">Of the writer's lease.</param>
/// <param name="Version">The execution's, before the events.</param>
public sealed record ExecutionWrite(int Number, long Fence, long Version, IReadOnlyList<ExecutionEvent> Events, ExecutionSummary Summary, ExecutionState State);
