namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>The right to drive an execution.</summary>
/// <param name="Fence">Grows with every owner: what an earlier one writes is refused.</param>
/// <param name="Execution">As it was when the lease was taken.</param>
public sealed record ExecutionLease(long Fence, Execution Execution);
