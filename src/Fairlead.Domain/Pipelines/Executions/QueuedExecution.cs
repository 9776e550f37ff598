namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>An execution that waits for its turn.</summary>
public sealed record QueuedExecution(int Number, string Pipeline);
