namespace Fairlead.Domain.Pipelines.Executions;

/// <param name="Sequence">From 1 within the execution.</param>
public sealed record RecordedEvent(long Sequence, ExecutionEvent Event);
